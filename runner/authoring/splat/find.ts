// SPDX-License-Identifier: MIT
/** Tells the splats of a log apart, also without lines between them. */
import { SYMBOL } from './frames';
import type { LogLine } from './log-lines';

export interface FoundSplat {
	/** The headline first. */
	readonly lines: readonly LogLine[];
	/** Lines of the kernel above the headline, such as "refcount_t: underflow; use-after-free." */
	readonly above: readonly string[];
	/** First line of the source, with the rulers above the headline. */
	readonly from: number;
	/** True for frames without a headline, as /proc/PID/stack gives them. */
	readonly bare: boolean;
}

const HEADLINE =
	/^(?:WARNING: |BUG: |BUG [\w-]+ \((?:Not tainted|Tainted: [^)]*)\): |kernel BUG at |UBSAN: |Unable to handle kernel |Internal error: |Oops: |Oops\b|general protection fault\b|invalid opcode: |Kernel panic - not syncing: (?!Fatal exception|panic_on_warn|.*: panic_on_warn)|INFO: task \S+ blocked\b|(?:watchdog: )?BUG: soft lockup|rcu: INFO: |INFO: rcu_|Krnl PSW : )/;
/** Headlines that the kernel prints below another one of the same splat. */
const SECOND_HEADLINE =
	/^(?:Internal error: |Oops\b|invalid opcode: |general protection fault\b|Krnl PSW : )/;
/** Lines below all headlines of a splat. */
const BODY = /^(?:CPU: |Call trace:|RIP: |Modules linked|pc : )/i;
const CUT_HERE = /^-+\[ cut here \]-+$/;
const RULER = /^={40,}$/;
/** Lines from a ruler to the headline. */
const MAX_ABOVE_LINES = 4;
const END_TRACE = /^---\[ end trace/;
const STACK_ENTRY = new RegExp(`^\\[<\\w+>\\] ${SYMBOL.source}`);
/** Lines of a splat without an end. */
const MAX_LINES = 400;
/** Lines of prose after which a splat has ended. */
const MAX_PROSE_LINES = 3;

/** Lines without a time that are the kernel's: registers, sections of KASAN and KCSAN, rulers. */
const OWN =
	/^(?:(?:RIP|RSP|RAX|RBP|RDX|R\d\d|FS|CS|CR\d|DR\d|PKRU|EFLAGS|Code|CPU|PGD|Oops|NIP|LR|CTR|MSR|GPR\d\d|REGS|DAR|ESR|Krnl \w+)[:. ]|(?:pc|lr|sp|epc|ra|x\d+|pstate) ?:|\?|<\/?[A-Z]+>|\[|[-=]{3}|#PF|(?:read|write|read-write) (?:of size|to 0x)|(?:allocated|freed) by task|task:\S|Tainted: |Not tainted |call trace|backtrace|modules linked|hardware name|workqueue: |kernel (?:panic|offset)|mem abort info|data abort info|value changed|reported by kernel|the buggy address|memory state|page[: ]|slab 0x|object 0x)/i;

const isOwn = ({ text, stamped }: LogLine): boolean =>
	stamped || (text !== '' && (OWN.test(text) || SYMBOL.test(text)));

/** True for two headlines in a row of which the first names a function that is inlined into the other. */
const isSameReport = (first: LogLine | undefined, second: LogLine): boolean => {
	const [, kind] = /^(BUG: K\w+: \S+ in )/.exec(second.text) ?? [];
	return (
		kind !== undefined && first?.text.startsWith(kind) === true && first.text.endsWith('[inline]')
	);
};

/** Splats in the order of the log. */
export function findSplats(lines: readonly LogLine[]): FoundSplat[] {
	const splats: (Omit<FoundSplat, 'lines'> & { lines: LogLine[] })[] = [];
	let ruler = Number.NEGATIVE_INFINITY;
	let current: (typeof splats)[number] | undefined;
	let above: string[] | undefined;
	let hasBody = false;
	let foreign = 0;
	const begin = (line: LogLine, bare: boolean): void => {
		const from = line.from - ruler <= MAX_ABOVE_LINES ? ruler : line.from;
		current = { lines: [line], above: above ?? [], from, bare };
		splats.push(current);
		[above, hasBody, foreign] = [undefined, bare, 0];
	};
	for (const line of lines) {
		const { text } = line;
		if (CUT_HERE.test(text) || RULER.test(text)) ruler = line.from;
		if (CUT_HERE.test(text)) [current, above] = [undefined, []];
		else if (current?.lines.length === 1 && isSameReport(current.lines[0], line))
			current.lines[0] = line;
		else if (HEADLINE.test(text) && !(current && !hasBody && SECOND_HEADLINE.test(text)))
			begin(line, false);
		else if (STACK_ENTRY.test(text) && !current) begin(line, true);
		else if (!current) above?.push(text);
		else if (END_TRACE.test(text) || current.lines.length >= MAX_LINES) current = undefined;
		else {
			const ends = foreign > 0 && current.lines.at(-1)?.text === '' && !isOwn(line);
			foreign = isOwn(line) ? 0 : foreign + 1;
			if ((current.bare && !STACK_ENTRY.test(text)) || foreign > MAX_PROSE_LINES || ends)
				current = undefined;
			else current.lines.push(line);
			hasBody ||= BODY.test(text);
		}
	}
	return splats.map((splat) => ({
		...splat,
		lines: splat.lines.slice(
			0,
			splat.lines.findLastIndex((line, at) => at === 0 || isOwn(line)) + 1,
		),
	}));
}
