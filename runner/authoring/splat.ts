// SPDX-License-Identifier: MIT
/** Reads a WARN, a BUG or an oops from a kernel log, as x86 and arm64 print it. */
import { refusal } from '../library/diagnostic';
import { callsIn, type Findings, safeLine } from './findings';

/** Bytes of a log. */
export const LOG_LIMIT = 4 << 20;
/** Functions of a call trace that are kept. */
const MAX_FRAMES = 64;
/** Lines of a splat without an "end trace" line. */
const MAX_LINES = 400;

export interface Splat {
	/** First line, without the prefixes of printk. */
	readonly headline: string;
	/** Such as drivers/dax/super.c:123; absent when the log does not give it. */
	readonly place?: string;
	/** Function that warned or faulted. */
	readonly function?: string;
	readonly task?: string;
	/** Such as 6.12.117+deb12-amd64. */
	readonly kernel?: string;
	/** Functions of each call trace, innermost first, without those that the kernel marks as uncertain ("?"). */
	readonly traces: readonly (readonly string[])[];
}

const HEADLINE =
	/^(WARNING: |BUG: |kernel BUG at |Unable to handle kernel |Internal error: |Oops: |Oops\b|(?:general protection fault|INFO: task \S+ blocked)\b)/;
const SYMBOL = /([A-Za-z_][\w.]*)\+0x[0-9a-f]+\/0x[0-9a-f]+/;

/** Patterns of each fact, the most reliable first; the first group is the fact. */
const PATTERNS: Readonly<Record<'place' | 'function' | 'task' | 'kernel', readonly RegExp[]>> = {
	place: [/^WARNING: .*?([\w./-]+\.[ch]:\d+)/, /^kernel BUG at ([\w./-]+\.[ch]:\d+)/m],
	function: [
		new RegExp(`^WARNING: .*? at (?:\\S+:\\d+ )?${SYMBOL.source}`, 'm'),
		new RegExp(`^BUG: K\\w+: .* in ${SYMBOL.source}`, 'm'),
		/^BUG: KCSAN: data-race in ([\w.]+)/,
		new RegExp(`^RIP: \\w+:${SYMBOL.source}`, 'm'),
		new RegExp(`^pc : ${SYMBOL.source}`, 'm'),
	],
	task: [/^CPU: .*\bComm: (\S+)/m, /\bCPU#\d+: ([^\s/]+)\/\d+/, /^INFO: task (\S+):\d+/],
	kernel: [/^(?:CPU: .*)?(?:Not tainted|Tainted: .*?) (\d+\.\d+\S*) #/m],
};

/** The first splat of a log. Throws InvalidFile. */
export function readSplat(file: string, bytes: Uint8Array): Splat {
	if (bytes.length > LOG_LIMIT) {
		const message = `the log has more than ${LOG_LIMIT} bytes`;
		throw refusal('E_SIZE', { file }, message, 'Keep the part from "cut here" to "end trace".');
	}
	const lines = new TextDecoder().decode(bytes).split(/\r?\n/).map(withoutPrefix);
	const start = lines.findIndex((line) => HEADLINE.test(line));
	if (start < 0) {
		const hint = 'Save what dmesg prints from "cut here" to "end trace", unedited.';
		throw refusal('E_SPLAT', { file }, 'no WARNING, BUG or Oops in this file', hint);
	}
	const end = lines.findIndex((line, index) => index > start && /^---\[ end trace/.test(line));
	const splat = lines.slice(start, end < 0 ? start + MAX_LINES : end);
	const text = splat.join('\n');
	const facts = Object.entries(PATTERNS).flatMap(([key, patterns]) => {
		const found = patterns.map((pattern) => pattern.exec(text)?.[1]).find((each) => each);
		return found === undefined ? [] : [[key, found]];
	});
	return { headline: splat[0] ?? '', ...Object.fromEntries(facts), traces: tracesIn(splat) };
}

/** A line without printk's level, time and caller, and without the prefix of syslog or journald. */
function withoutPrefix(line: string): string {
	return line
		.replace(/^(?:[A-Z][a-z]{2} [ \d]\d [\d:]{8}|\d{4}-\d\d-\d\d[T ]\S+) \S+ kernel: ?/, '')
		.replace(/^<\d+>/, '')
		.replace(/^(?:\[ *\d+\.\d+\] ?|\[ *[TC]\d+\] ?)+/, '')
		.trim();
}

/** Line above a trace. KCSAN prints two traces, each below its access. */
const TRACE_START = /^(call trace:|(read|write|read-write)\b.* to 0x)/i;
/** Line after a trace: registers, code. */
const TRACE_END = /^(<\/TASK>|Code: |RIP: |Modules linked|value changed|Reported by)/;

function tracesIn(lines: readonly string[]): string[][] {
	const traces: string[][] = [];
	let current: string[] | undefined;
	for (const line of lines) {
		if (TRACE_START.test(line)) {
			current = [];
			traces.push(current);
		} else if (TRACE_END.test(line)) current = undefined;
		const [, name] = SYMBOL.exec(line) ?? [];
		if (current && name !== undefined && !line.startsWith('?') && current.length < MAX_FRAMES)
			current.push(name);
	}
	return traces.filter((trace) => trace.length > 0);
}

/** Facts of a splat that a vector has a place for. */
export function findingsOfSplat(splat: Splat): Findings {
	const { headline, place, task, kernel, traces } = splat;
	const known = (name: string, value: string | undefined): string =>
		safeLine(`${name}: ${value ?? 'the log does not say'}`);
	return {
		about: [
			'a kernel log',
			safeLine(headline),
			known('in', splat.function && `${splat.function}()`),
			known('at', place),
			known('task', task),
			known('kernel', kernel),
			...(traces.length > 0 ? traces : [undefined]).map((trace) =>
				known('call trace', trace?.join(' < ')),
			),
		],
		reported: false,
		links: [],
		calls: callsIn([splat.function, ...traces.flat()].join('\n')),
		said: [],
	};
}
