// SPDX-License-Identifier: MIT
/**
 * Renders lanes as kernel commit messages show races: one column for each thread, time going down; plain ASCII, at
 * most 100 characters wide.
 */
import type { Execution } from '../../schema/types/execution';
import type { Program } from '../../schema/types/program';
import type { Failure, Lanes } from '../../schema/types/report';
import { lanes as lanesOf } from './lanes';
import { isTrouble, plainAscii, words } from './step';

/** Columns of a line at most. */
export const DIAGRAM_WIDTH = 100;
/** Blanks between two columns. */
const GAP = 2;
/** Levels of indentation at most: a report file may state any depth. */
const MAX_DEPTH = DIAGRAM_WIDTH / 2;

/** Renders an execution. */
export const diagram = (program: Program, execution: Execution): string[] =>
	columns(lanesOf(program, execution));

/** Renders the interleaving of a failure and its remarks; empty when no single execution shows the failure. */
export const failureDiagram = ({ lanes, remarks = [] }: Pick<Failure, 'lanes' | 'remarks'>) =>
	lanes ? [...columns(lanes), ...remarks.map((remark) => `*** ${remark}`)] : [];

/** Lines of the diagram. A warning or fault follows the step that caused it; waits without end come last. */
export function columns({ threads, steps }: Lanes): string[] {
	const moves = steps.filter(({ op }) => op !== 'wait');
	const cells = moves.map((step) => {
		const { text, note, place } = words(step);
		const label = `${text}${note && ` ${note}`}${place && `  ${place}`}`;
		const indented = `${'  '.repeat(Math.min(step.depth, MAX_DEPTH))}${label}`;
		return { lane: step.lane, text: isTrouble(step) ? `*** ${label}` : indented };
	});
	const natural = threads.map((name, lane) => {
		const texts = cells.filter((cell) => cell.lane === lane).map(({ text }) => text.length);
		return Math.max(name.length, ...texts);
	});
	let left = 0;
	const lanes = shrunk(natural).map((width, lane) => {
		const column = { name: threads[lane] ?? '', width, left };
		left += width + GAP;
		return column;
	});
	const gap = ' '.repeat(GAP);
	const header = lanes.map(({ name, width }) => fit(name, width).padEnd(width));
	const rows = cells.map(({ lane, text }) => {
		const { width, left } = lanes[lane] ?? { width: DIAGRAM_WIDTH, left: 0 };
		return (' '.repeat(left) + fit(text, width)).trimEnd();
	});
	const waits = steps
		.filter(({ op }) => op === 'wait')
		.map((step) => `*** ${threads[step.lane]} ${words(step).text}`);
	return [
		header.join(gap).trimEnd(),
		lanes.map(({ width }) => '-'.repeat(width)).join(gap),
		...rows,
		...waits,
	].map((line) => fit(plainAscii(line), DIAGRAM_WIDTH));
}

/** Reduces the widest columns until all fit into DIAGRAM_WIDTH. */
function shrunk(natural: readonly number[]): number[] {
	const widths = [...natural];
	const total = widths.reduce((sum, width) => sum + width, GAP * (widths.length - 1));
	for (let excess = total - DIAGRAM_WIDTH; excess > 0; excess--) {
		const widest = Math.max(...widths);
		if (widest > 1) widths[widths.indexOf(widest)] = widest - 1;
	}
	return widths;
}

/** Cuts a text to a width, with "~" for its last character. */
export const fit = (text: string, width: number): string =>
	text.length <= width ? text : `${text.slice(0, width - 1)}~`;
