// SPDX-License-Identifier: MIT
/** Reads the WARNs, BUGs, oopses and stacks of a kernel log, raw or decoded, as x86, arm64, powerpc and s390 print them. */

import { refusal } from '../../library/diagnostic';
import { wrap } from '../../text/wrap';
import { callsIn, type Findings, LINE_WIDTH, safeLine } from '../findings';
import { type FoundSplat, findSplats } from './find';
import { frameIn, isDax, type Trace, tracesIn, traceText } from './frames';
import { type LogLine, logLines } from './log-lines';

/** Bytes of a log. */
export const LOG_LIMIT = 4 << 20;

export interface Splat {
	/** First line, without the prefixes of printk. */
	readonly headline: string;
	/** Line above the headline, such as "refcount_t: underflow; use-after-free." */
	readonly message?: string;
	/** Such as drivers/dax/super.c:123; absent when the log does not give it. */
	readonly place?: string;
	/** Function that warned or faulted. */
	readonly function?: string;
	readonly task?: string;
	/** Such as 6.12.117+deb12-amd64. */
	readonly kernel?: string;
	readonly traces: readonly Trace[];
	/** Lines of the source: the first, rulers included, and the one after the last. */
	readonly from: number;
	readonly to: number;
}

type Fact = 'place' | 'task' | 'kernel';

/** Patterns of each fact, the most reliable first; the first group is the fact. */
const PATTERNS: Readonly<Record<Fact, readonly RegExp[]>> = {
	place: [
		/^WARNING: .*?([\w./+-]+\.[ch]:\d+)/,
		/^(?:kernel BUG at|UBSAN: .* in) ([\w./+-]+\.[ch]:\d+)/m,
	],
	task: [
		/^CPU: .*\bComm: (.+?) (?:Kdump: loaded )?(?:Not tainted|Tainted:)/m,
		/\bComm: (\S+)/m,
		/\bCPU#\d+: ([^\s/]+)\/\d+/,
		/^INFO: task (\S+):\d+/,
		/stuck for \S+ \[([^\s:]+):\d+\]/,
		/\bby task ([^\s/]+)\/\d+/,
		/^task:(\S+)/m,
		/^Process (\S+) \(pid/m,
	],
	kernel: [/\b(?:Not tainted|Tainted: .*?) (\d+\.\d+\S*) #/],
};

/** Patterns of the text before the function that warned or faulted. */
const FUNCTION_AFTER: readonly string[] = [
	'^WARNING: .*? at (?:\\S+:\\d+ )?',
	'^BUG: K\\w+: .* in ',
	'^RIP: \\w+:(?:\\[<\\w+>\\] )?',
	'^(?:pc|epc) : ',
	'^NIP \\[\\w+\\] ',
	'^Krnl PSW : .*\\(',
	'^IP: (?:\\[<\\w+>\\] )?',
];

/** Splats of a text, in its order; none for a text without one. */
export function splatsIn(text: string): Splat[] {
	const lines = logLines(text);
	const [, booted] = /\bLinux version (\S+)/.exec(text) ?? [];
	return findSplats(lines).map((found) => splatOf(found, booted));
}

/** Splats of a log; at least one. Throws InvalidFile. */
export function readSplats(file: string, bytes: Uint8Array): [Splat, ...Splat[]] {
	if (bytes.length > LOG_LIMIT) {
		const message = `the log has more than ${LOG_LIMIT} bytes`;
		throw refusal('E_SIZE', { file }, message, 'Keep the part from "cut here" to "end trace".');
	}
	const [first, ...others] = splatsIn(new TextDecoder().decode(bytes));
	if (first) return [first, ...others];
	const hint =
		'Save what dmesg prints from "cut here" to "end trace", or /proc/PID/stack, unedited.';
	throw refusal('E_SPLAT', { file }, 'no WARNING, BUG, Oops or stack in this file', hint);
}

function splatOf({ lines, above, from, bare }: FoundSplat, booted: string | undefined): Splat {
	const texts = lines.map(({ text }) => text);
	const text = texts.join('\n');
	const fact = (name: Fact) =>
		PATTERNS[name].map((pattern) => pattern.exec(text)?.[1]).find((found) => found);
	const [, racing] = /^BUG: KCSAN: data-race in ([\w.]+)/.exec(text) ?? [];
	const frame = FUNCTION_AFTER.map((before) => frameIn(text, before)).find((found) => found);
	const traces = tracesIn(texts, bare);
	const name = racing ?? frame?.function;
	const facts = {
		message: above.find((line) => line !== ''),
		place: fact('place') ?? frame?.source,
		function: name,
		task: fact('task'),
		kernel: fact('kernel') ?? booted,
	};
	const [first, last] = [lines[0], lines.at(-1)] as [LogLine, LogLine];
	return {
		headline: bare ? 'a stack without a headline' : first.text,
		...Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined)),
		traces,
		from,
		to: last.to,
	};
}

/** True for a splat with a frame of drivers/dax, or in it. */
export const concernsDax = (splat: Splat): boolean =>
	callsOfSplat(splat).length > 0 ||
	/^drivers\/dax\//.test(splat.place ?? '') ||
	splat.traces.some(({ frames }) => frames.some(isDax));

/** Calls of the format in a splat, innermost first. */
export const callsOfSplat = ({ function: name, traces }: Splat) =>
	callsIn(
		[name, ...traces.flatMap(({ frames }) => frames.map((each) => each.function))].join('\n'),
	);

const NOT_GIVEN = 'the log does not say';

/** Facts of a splat, one line each; a long call trace has several. */
export function splatLines(splat: Splat): string[] {
	const { headline, message, place, task, kernel, traces } = splat;
	const known = (name: string, value: string | undefined): string[] =>
		wrap(`${name}: ${value ?? NOT_GIVEN}`, LINE_WIDTH - 2).map((line, index) =>
			safeLine(index === 0 ? line : `  ${line}`),
		);
	// The innermost frame of the trace says where, too.
	const where = splat.function ? `${splat.function}()` : undefined;
	const source = place ?? traces[0]?.frames.find((each) => each.source)?.source;
	return [
		safeLine(headline),
		...(message === undefined ? [] : known('says', message)),
		...(where === undefined && traces.length > 0 ? [] : known('in', where)),
		...known('at', source),
		...known('task', task),
		...known('kernel', kernel),
		...(traces.length > 0
			? traces.flatMap((trace) => wrap(traceText(trace), LINE_WIDTH - 2).map(indented))
			: known('call trace', undefined)),
	];
}

const indented = (line: string, index: number): string =>
	safeLine(index === 0 ? line : `  ${line}`);

/** Facts of a splat that a vector has a place for. */
export const findingsOfSplat = (splat: Splat): Findings => ({
	about: ['a kernel log', ...splatLines(splat)],
	reported: false,
	links: [],
	places: callsOfSplat(splat).map((call) => [call]),
	said: [],
});
