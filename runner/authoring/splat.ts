// SPDX-License-Identifier: MIT
/** What a kernel's log says of a WARN, a BUG or an oops, as x86 and arm64 write it. */
import { refusal } from '../library/diagnostic';
import { callsIn, type Findings } from './findings';
import { fit } from './foreign-text';

/** Bytes. */
export const LOG_LIMIT = 4 << 20;
const FRAMES = 64;

export interface Splat {
	/** The line that says what happened, without its prefixes. */
	readonly headline: string;
	/** Such as drivers/dax/super.c:123; undefined when the log does not say. */
	readonly place?: string;
	/** The function where it happened. */
	readonly function?: string;
	readonly task?: string;
	/** Such as 6.12.117+deb12-amd64. */
	readonly kernel?: string;
	/** Functions of each call trace, innermost first; those that the kernel doubts ("?") are left out. */
	readonly traces: readonly (readonly string[])[];
}

const HEADLINE =
	/^(WARNING: |BUG: |kernel BUG at |Unable to handle kernel |Internal error: |Oops: |Oops\b|(?:general protection fault|INFO: task \S+ blocked)\b)/;
const SYMBOL = /([A-Za-z_][\w.]*)\+0x[0-9a-f]+\/0x[0-9a-f]+/;

/** The first splat of a log; throws InvalidFile. */
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
	const splat = lines.slice(start, end < 0 ? start + 400 : end);
	const headline = splat[0]!;
	const all = splat.join('\n');
	const first = (...patterns: readonly RegExp[]): string | undefined =>
		patterns.map((pattern) => pattern.exec(all)?.[1]).find((found) => found !== undefined);
	const warned = new RegExp(`^WARNING: .*? at (?:\\S+:\\d+ )?${SYMBOL.source}`, 'm');
	const place = first(/^WARNING: .*?([\w./-]+\.[ch]:\d+)/, /^kernel BUG at ([\w./-]+\.[ch]:\d+)/m);
	const name = first(
		warned,
		new RegExp(`^BUG: K\\w+: .* in ${SYMBOL.source}`, 'm'),
		/^BUG: KCSAN: data-race in ([\w.]+)/,
		new RegExp(`^RIP: \\w+:${SYMBOL.source}`, 'm'),
		new RegExp(`^pc : ${SYMBOL.source}`, 'm'),
	);
	const task = first(
		/^CPU: .*\bComm: (\S+)/m,
		/\bCPU#\d+: ([^\s/]+)\/\d+/,
		/^INFO: task (\S+):\d+/,
	);
	const kernel = first(/^(?:CPU: .*)?(?:Not tainted|Tainted: .*?) (\d+\.\d+\S*) #/m);
	return {
		headline,
		...(place && { place }),
		...(name && { function: name }),
		...(task && { task }),
		...(kernel && { kernel }),
		traces: tracesIn(splat),
	};
}

/** Without printk's level, time and caller, and what a logger of the system put before them. */
function withoutPrefix(line: string): string {
	return line
		.replace(/^(?:[A-Z][a-z]{2} [ \d]\d [\d:]{8}|\d{4}-\d\d-\d\d[T ]\S+) \S+ kernel: ?/, '')
		.replace(/^<\d+>/, '')
		.replace(/^(?:\[ *\d+\.\d+\] ?|\[ *[TC]\d+\] ?)+/, '')
		.trim();
}

/** KCSAN shows two traces, each under the access that it led to. */
const TRACE = /^(call trace:|(read|write|read-write)\b.* to 0x)/i;
/** Registers and code follow a trace. */
const END = /^(<\/TASK>|Code: |RIP: |Modules linked|value changed|Reported by)/;

function tracesIn(lines: readonly string[]): string[][] {
	const traces: string[][] = [];
	let open = false;
	for (const line of lines) {
		if (TRACE.test(line)) traces.push([]);
		open = TRACE.test(line) || (open && !END.test(line));
		const [, name] = SYMBOL.exec(line) ?? [];
		if (open && name !== undefined && !line.startsWith('?') && traces.at(-1)!.length < FRAMES)
			traces.at(-1)!.push(name);
	}
	return traces.filter((trace) => trace.length > 0);
}

/** What a splat says that a vector has a place for. */
export function findingsIn(splat: Splat): Findings {
	const { headline, place, task, kernel, traces } = splat;
	const known = (name: string, value: string | undefined): string =>
		fit(`${name}: ${value ?? 'the log does not say'}`);
	return {
		about: [
			'a kernel log',
			fit(headline),
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
