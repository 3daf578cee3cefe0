// SPDX-License-Identifier: MIT
/** Lines of a kernel log as the kernel printed them: without prefixes, and joined where a mail program wrapped them. */

/** A line of a log, or several that were one. */
export interface LogLine {
	readonly text: string;
	/** Index of its first line in the source, and of the line after its last. */
	readonly from: number;
	readonly to: number;
	/** True with the kernel's time, which prose does not have. */
	readonly stamped: boolean;
}

/** Prefixes of syslog, journald, dmesg -x, printk (level, time, caller) and quotation. Each may occur once. */
const PREFIXES: readonly RegExp[] = [
	/^(?:[>|] ?)+(?=\S| )/,
	/^(?:[A-Z][a-z]{2} [ \d]\d [\d:]{8}|\d{4}-\d\d-\d\d[T ]\S+) (?:\S+ )?kernel: ?/,
	/^[a-z]+ *:[a-z]+ *: /,
	/^<\d+>/,
	/^\[ *\d+\.\d+\] ?|^\[[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d [\d:]{8} \d{4}\] ?/,
	/^\[ *[TC]\d+\] ?/,
];

/** A line that only a kernel log has. */
const STAMP =
	/(?:^|[>|] ?|kernel: ?)(?:<\d+>)?\[ *(?:\d+\.\d+|[A-Z][a-z]{2} [A-Z][a-z]{2} .*\d{4})\]/;

/** Characters of a line that are read: the kernel prints no more. */
const MAX_COLUMNS = 1024;

const withoutPrefix = (line: string): string =>
	PREFIXES.reduce((text, prefix) => text.replace(prefix, ''), line).trim();

/** Lines of a splat that end too early: a headline without its function, a CPU line without the build of the kernel. */
const INCOMPLETE: readonly RegExp[] = [
	/^WARNING: CPU: (?!.*(?:\+0x|\(\S+:\d))/,
	/^BUG: K\w+: .* in$/,
	/^CPU: (?!.* #\d)/,
];

/** First words of the lines of a splat, which continue no other line. */
const STARTS =
	/^(?:WARNING: |BUG|Oops|[A-Z][A-Z0-9]{1,4}[: ]|EFLAGS|Code: |[Cc]all [Tt]race|Modules linked|Hardware name|Workqueue|Tainted: |Not tainted|(?:Read|Write) of|Internal error|Unable to|(?:pc|lr|sp|x\d+|pstate) ?:|Faulting|<\/?[A-Z]+>|---|===|\?|\[)/;

/** Lines of a text. A line without a time between lines that have one continues the line before it. */
export function logLines(text: string): LogLine[] {
	const raw = text.split(/\r?\n/).map((line) => line.slice(0, MAX_COLUMNS));
	const stamped = raw.map((line) => STAMP.test(line));
	const lines: LogLine[] = [];
	for (const [index, line] of raw.entries()) {
		const last = lines.at(-1);
		const stripped = withoutPrefix(line);
		if (last && stripped !== '' && continues(index, last.text, stripped)) {
			lines[lines.length - 1] = { ...last, text: `${last.text} ${stripped}`, to: index + 1 };
			continue;
		}
		lines.push({ text: stripped, from: index, to: index + 1, stamped: stamped[index] ?? false });
	}
	return lines;

	function continues(index: number, before: string, line: string): boolean {
		if (stamped[index] || before === '') return false;
		const [above, below] = [stamped[index - 1], stamped[index + 1] || stamped[index + 2]];
		if (above || stamped[index - 2]) return Boolean(below) && !STARTS.test(line);
		return INCOMPLETE.some((start) => start.test(before)) && !STARTS.test(line);
	}
}
