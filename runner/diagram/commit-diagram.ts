// SPDX-License-Identifier: MIT
/**
 * Renders lanes for a commit message: plain ASCII in 72 columns, indented so that git reads no line as a trailer,
 * and a mail reader none as a quotation. Columns that do not fit side by side overlap: a line has one step only.
 */
import type { Lanes } from '../../schema/types/report';
import { wrap } from '../text/wrap';
import { fit } from './columns';
import { isTrouble, plainAscii, words } from './step';

/** Columns of a kernel commit message at most: git log indents it by 4 on a terminal of 80. */
export const COMMIT_WIDTH = 72;
const MARGIN = '  ';
const WIDTH = COMMIT_WIDTH - MARGIN.length;
/** Blanks between two columns. */
const GAP = 2;
/** Indentation of the further lines of a step that is too long. */
const CONTINUATION_INDENT = '    ';

interface Column {
	readonly name: string;
	/** Characters of its longest step. */
	readonly width: number;
	left: number;
}

/** Renders lanes as lines to paste, without places in source files, which failureDiagram() shows. */
export function commitDiagram({ threads, steps }: Lanes): string[] {
	const cells = steps.map((step) => {
		const { text, note } = words(step);
		const label = plainAscii(note ? `${text} ${note}` : text);
		return isTrouble(step)
			? { lane: step.lane, indent: 0, text: `*** ${label}` }
			: { lane: step.lane, indent: 2 * step.depth, text: label };
	});
	const columns = threads.map(plainAscii).map((name, lane): Column => {
		const own = cells.filter((cell) => cell.lane === lane);
		const width = Math.max(name.length, ...own.map(({ indent, text }) => indent + text.length));
		return { name, width, left: 0 };
	});
	place(columns);
	const header = columns.reduce((line, { name, left }) => line.padEnd(left) + name, '');
	const rule = columns.reduce((line, { width, left }, lane) => {
		const end = (columns[lane + 1]?.left ?? WIDTH + GAP) - GAP;
		return line.padEnd(left) + '-'.repeat(Math.min(width, end - left));
	}, '');
	const rows = cells.flatMap(({ lane, indent, text }) => {
		const left = (columns[lane]?.left ?? 0) + indent;
		return wrapStep(text, WIDTH - left).map((line) => ' '.repeat(left) + line);
	});
	return [header, rule, ...rows].map((line) => `${MARGIN}${line}`.trimEnd());
}

/** Places columns side by side if they fit. Otherwise moves them left until their steps fit, without covering names. */
function place(columns: readonly Column[]): void {
	let natural = 0;
	for (const column of columns) {
		column.left = Math.min(natural, WIDTH - column.width);
		natural += column.width + GAP;
	}
	let right = Infinity;
	for (const column of [...columns].reverse()) {
		column.left = Math.min(column.left, right - GAP - column.name.length);
		right = column.left;
	}
	let least = 0;
	for (const column of columns) {
		column.left = Math.max(column.left, least);
		least = column.left + column.name.length + GAP;
	}
}

/** Breaks the text of a step into lines of at most a width. */
function wrapStep(text: string, width: number): string[] {
	if (text.length <= width) return [text];
	const [first = '', ...rest] = wrap(text, width - CONTINUATION_INDENT.length);
	return [first, ...rest.map((line) => CONTINUATION_INDENT + line)].map((line) => fit(line, width));
}
