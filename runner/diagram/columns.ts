// SPDX-License-Identifier: MIT
/**
 * Renders lanes as kernel commit messages show races: one column for each thread, time going down; plain ASCII, at
 * most 100 characters wide by default. Where columns do not fit side by side, they overlap.
 */
import type { Execution } from '../../schema/types/execution';
import type { Program } from '../../schema/types/program';
import type { Failure, Lanes, Step } from '../../schema/types/report';
import { lanes as lanesOf } from './lanes';
import { type Column, heading, place } from './overlap';
import { isTrouble, plainAscii, words } from './step';

/** Columns of a line at most. */
export const DIAGRAM_WIDTH = 100;
/** Levels of indentation at most: a report file may state any depth. */
const MAX_DEPTH = DIAGRAM_WIDTH / 2;

/** Renders an execution. */
export const diagram = (program: Program, execution: Execution): string[] =>
	columns(lanesOf(program, execution));

/** Renders the interleaving of a failure and its remarks; empty when no single execution shows the failure. */
export const failureDiagram = (
	{ lanes, remarks = [] }: Pick<Failure, 'lanes' | 'remarks'>,
	width = DIAGRAM_WIDTH,
) => (lanes ? [...columns(lanes, width), ...remarks.map((remark) => `*** ${remark}`)] : []);

/**
 * Lines of the diagram. The first one names the source file, where lines are known: steps in it show only ":LINE". A
 * warning or fault follows the step that caused it; waits without end come last.
 */
export function columns({ threads, steps }: Lanes, total = DIAGRAM_WIDTH): string[] {
	const file = mainFile(steps);
	const moves = steps.filter(({ op }) => op !== 'wait');
	const cells = moves.map((step) => {
		const { text, note, place } = words(step);
		const where = file !== undefined && fileOf(step) === file ? place.replace(/^.*:/, ':') : place;
		const said = `${text}${note && ` ${note}`}${where && `  ${where}`}`;
		const indented = `${'  '.repeat(Math.min(step.depth, MAX_DEPTH))}${said}`;
		return { lane: step.lane, text: plainAscii(isTrouble(step) ? `*** ${said}` : indented) };
	});
	const lanes = threads.map(plainAscii).map((name, lane): Column => {
		const texts = cells.filter((cell) => cell.lane === lane).map(({ text }) => text.length);
		return { name, width: Math.max(name.length, ...texts), left: 0 };
	});
	place(lanes, total);
	const rows = cells.map(({ lane, text }) => ' '.repeat(lanes[lane]?.left ?? 0) + text);
	const waits = steps
		.filter(({ op }) => op === 'wait')
		.map((step) => plainAscii(`*** ${threads[step.lane]} ${words(step).text}`));
	const [names, rule] = heading(lanes, total);
	const title = file === undefined ? [] : [`${plainAscii(file)}:`];
	return [...title, names, rule, ...rows, ...waits].map((line) => fit(line.trimEnd(), total));
}

const fileOf = ({ source }: Step): string | undefined => source?.replace(/:\d+$/, '');

/** The source file of most steps. */
function mainFile(steps: readonly Step[]): string | undefined {
	const counts = new Map<string, number>();
	for (const file of steps.map(fileOf))
		if (file !== undefined) counts.set(file, (counts.get(file) ?? 0) + 1);
	const [most] = [...counts].sort(([, a], [, b]) => b - a);
	return most?.[0];
}

/** Cuts a text to a width, with "~" for its last character. */
export const fit = (text: string, width: number): string =>
	text.length <= width ? text : `${text.slice(0, width - 1)}~`;
