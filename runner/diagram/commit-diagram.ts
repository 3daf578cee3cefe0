// SPDX-License-Identifier: MIT
/**
 * Renders lanes for a commit message: plain ASCII, 72 columns, indented so that neither git nor a mail reader takes a
 * line for a trailer or a quotation. Only one thread moves at a time, so columns overlap where there is no room for both.
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
const HANG = '    ';

interface Column {
	readonly name: string;
	/** Characters of its longest step. */
	readonly width: number;
	left: number;
}

/** Lines to paste. Source lines are left out: failureDiagram() shows them. */
export function commitDiagram({ threads, steps }: Lanes): string[] {
	const cells = steps.map((step) => {
		const { text, note } = words(step);
		const said = plainAscii(note ? `${text} ${note}` : text);
		return isTrouble(step)
			? { lane: step.lane, indent: 0, text: `*** ${said}` }
			: { lane: step.lane, indent: 2 * step.depth, text: said };
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
		return broken(text, WIDTH - left).map((line) => ' '.repeat(left) + line);
	});
	return [header, rule, ...rows].map((line) => `${MARGIN}${line}`.trimEnd());
}

/** Places columns side by side if they fit, else as far to the left as their steps and the names need. */
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

/** Breaks a step into lines of at most a width. */
function broken(text: string, width: number): string[] {
	if (text.length <= width) return [text];
	const [first = '', ...rest] = wrap(text, width - HANG.length);
	return [first, ...rest.map((line) => HANG + line)].map((line) => fit(line, width));
}
