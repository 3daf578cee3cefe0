// SPDX-License-Identifier: MIT
/** Frames of call traces, as the kernel, /proc/PID/stack and decode_stacktrace.sh write them. */
import { signatures } from '../../../implementations/calls';

export interface Frame {
	readonly function: string;
	/** Such as drivers/dax/super.c:123, of the function itself; absent in a log that was not decoded. */
	readonly source?: string;
	readonly module?: string;
}

export interface Trace {
	/** Such as "call trace" or "freed by task 77". */
	readonly label: string;
	/** Innermost first, without those that the kernel marks as uncertain ("?"). */
	readonly frames: readonly Frame[];
}

/** Frames that are read of one trace. */
const MAX_FRAMES = 256;

const PLACE = '[\\w./+-]+\\.[chS]:\\d+';

/** Function with an offset, places (of decode_stacktrace.sh, or of syzbot, which marks inlined functions), and module. */
export const SYMBOL = new RegExp(
	[
		'(?<name>[A-Za-z_][\\w.]*)',
		'(?:',
		`\\+0x[0-9a-f]+/0x[0-9a-f]+(?: (?<after>${PLACE}))?`,
		`| \\((?<places>(?:${PLACE}[^()]*(?:\\(discriminator \\d+\\))?\\s*)+)\\)`,
		`| (?<inlined>${PLACE})(?= \\[inline\\])`,
		')',
		'(?: \\[?(?!inline)(?<module>[a-z]\\w*)\\b)?',
	].join(''),
);

/** The frame in a text, after a pattern that says where it is. */
export function frameIn(text: string, before = ''): Frame | undefined {
	const { groups } = new RegExp(before + SYMBOL.source, 'm').exec(text) ?? {};
	if (groups?.name === undefined) return undefined;
	const { name, after, places, inlined, module } = groups;
	// Functions inlined into it come first.
	const source = after ?? inlined ?? places?.match(new RegExp(PLACE, 'g'))?.at(-1);
	return { function: name, ...(source && { source }), ...(module && { module }) };
}

/** Line above a trace. KASAN and KCSAN print several, each with its own. */
const TRACE_START =
	/^(call trace|(?:stack )?backtrace|(?:read|write|read-write)\b.* to 0x\S+|(?:allocated|freed) by task \d+|(?:allocated|freed) in (?=\w+\+0x))/i;
/** Line after a trace: registers, code. */
const TRACE_END = /^(?:<\/TASK>|Code: |RIP: |Modules linked|value changed|Reported by|The buggy)/;
/** An uncertain frame begins with "? ". */
const ENTRY = /^(?:\[<?\w+>?\] )*(?=[A-Za-z_])/;

/** Traces among the lines of a splat. A stack of /proc has no line above it. */
export function tracesIn(lines: readonly string[], bare: boolean): Trace[] {
	const traces: { label: string; frames: Frame[] }[] = bare ? [{ label: 'stack', frames: [] }] : [];
	let current = traces[0];
	for (const line of lines) {
		const [, label] = TRACE_START.exec(line) ?? [];
		if (label !== undefined) {
			current = { label: labelOf(label), frames: [] };
			traces.push(current);
		} else if (TRACE_END.test(line)) current = undefined;
		if (!current || current.frames.length >= MAX_FRAMES) continue;
		const frame = frameIn(line, label === undefined ? ENTRY.source : '');
		if (frame) current.frames.push(frame);
	}
	return traces.filter(({ frames }) => frames.length > 0);
}

const labelOf = (start: string): string =>
	start
		.toLowerCase()
		.replace(/^(?:stack )?backtrace$/, 'call trace')
		.replace(/ (?:to 0x|in ).*$/, '')
		.trim();

/** True for a frame of the code that vectors are about. */
export const isDax = ({ function: name, source, module }: Frame): boolean =>
	Object.hasOwn(signatures, name) ||
	/^drivers\/dax\//.test(source ?? '') ||
	/^(?:dax|device_dax|fsdev_dax)$/.test(module ?? '') ||
	/^dax_|_dev_dax$/.test(name);

/** Frames of a trace that has none in drivers/dax. */
const MAX_OTHER_FRAMES = 8;

/** Frames of the report itself. */
const REPORTING =
	/^(?:dump_stack\w*|print_(?:report|address_description\S*)|_*k?asan_\w+|__warn\w*|report_bug|handle_bug|(?:asm_)?exc_\w+)$/;

/** A trace as text: from the frame that reports to the outermost one of drivers/dax and its caller. */
export function traceText({ label, frames: all }: Trace): string {
	const frames = all.slice(
		Math.max(
			0,
			all.findIndex(({ function: name }) => !REPORTING.test(name)),
		),
	);
	const outermost = frames.findLastIndex(isDax);
	const wanted = outermost < 0 ? MAX_OTHER_FRAMES : outermost + 2;
	const count = wanted + 1 === frames.length ? frames.length : wanted;
	const words = frames
		.slice(0, count)
		.map(({ function: name, source }) => (source === undefined ? name : `${name} (${source})`));
	const more = frames.length - words.length;
	return `${label}: ${[...words, ...(more > 0 ? [`${more} more`] : [])].join(' < ')}`;
}
