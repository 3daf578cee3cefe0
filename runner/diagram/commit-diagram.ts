// SPDX-License-Identifier: MIT
/**
 * An execution for a commit message: plain ASCII, 72 columns, indented so that neither git nor a mail reader takes a
 * line for something else. Only one thread moves at a time, so columns may overlap where there is no room for both.
 */
import type { Lanes } from '../../schema/types/report';
import { wrap } from '../text/wrap';
import { isTrouble, words } from './step';

/** What kernel commit messages keep to, so that git log fits a terminal. */
export const COMMIT_WIDTH = 72;
const MARGIN = '  ';
const ROOM = COMMIT_WIDTH - MARGIN.length;
const GAP = 2;
/** Of the further lines of a step that is too long. */
const HANG = '    ';

interface Cell {
	readonly lane: number;
	readonly depth: number;
	readonly text: string;
}

/** Lanes as lines that can be pasted. Where each line of the source is says the failure's own diagram. */
export function commitDiagram({ threads, steps }: Lanes): string[] {
	const cells: Cell[] = steps.map((step) => {
		const { text, note } = words(step);
		const said = plain(note ? `${text} ${note}` : text);
		return isTrouble(step)
			? { lane: step.lane, depth: 0, text: `*** ${said}` }
			: { lane: step.lane, depth: step.depth, text: said };
	});
	const names = threads.map(plain);
	const widths = names.map((name, lane) => {
		const own = cells.filter((cell) => cell.lane === lane);
		return Math.max(name.length, ...own.map(({ depth, text }) => 2 * depth + text.length));
	});
	const lefts = place(names, widths);
	const header = names.reduce((line, name, lane) => line.padEnd(lefts[lane]!) + name, '');
	const rule = widths.reduce((line, width, lane) => {
		const end = (lefts[lane + 1] ?? ROOM + GAP) - GAP;
		return line.padEnd(lefts[lane]!) + '-'.repeat(Math.min(width, end - lefts[lane]!));
	}, '');
	const rows = cells.flatMap(({ lane, depth, text }) => {
		const left = lefts[lane]! + 2 * depth;
		return broken(text, ROOM - left).map((line) => ' '.repeat(left) + line);
	});
	return [header, rule, ...rows].map((line) => `${MARGIN}${line}`.trimEnd());
}

const plain = (text: string): string => text.replace(/[^ -~]/g, '?');

/** Where each column begins: side by side if they fit, else as far to the left as their steps need. */
function place(names: readonly string[], widths: readonly number[]): number[] {
	let natural = 0;
	const lefts = widths.map((width) => {
		const left = Math.min(natural, ROOM - width);
		natural += width + GAP;
		return left;
	});
	// The names stand beside each other in any case.
	const apart = (lane: number): number => names[lane]!.length + GAP;
	for (let lane = lefts.length - 2; lane >= 0; lane--)
		lefts[lane] = Math.min(lefts[lane]!, lefts[lane + 1]! - apart(lane));
	for (let lane = 0, least = 0; lane < lefts.length; lane++) {
		lefts[lane] = Math.max(lefts[lane]!, least);
		least = lefts[lane]! + apart(lane);
	}
	return lefts;
}

/** A step as lines of at most a width. */
function broken(text: string, width: number): string[] {
	if (text.length <= width) return [text];
	const [first, ...rest] = wrap(text, width - HANG.length);
	return [first!, ...rest.map((line) => HANG + line)].map((line) =>
		line.length <= width ? line : `${line.slice(0, width - 1)}~`,
	);
}
