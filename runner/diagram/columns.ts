// SPDX-License-Identifier: MIT
/**
 * An execution as kernel commit messages show races: one column for each thread, time going down; plain ASCII, at
 * most 100 characters wide.
 */
import type { Execution } from '../../schema/types/execution';
import type { Program } from '../../schema/types/program';
import type { Lanes } from '../../schema/types/report';
import { lanes } from './lanes';
import { isTrouble, words } from './step';

export const DIAGRAM_WIDTH = 100;
const GAP = 2;

/** The lines of the diagram. Warnings and faults stand where they happened. */
export const diagram = (program: Program, execution: Execution): string[] =>
	columns(lanes(program, execution));

/** Lanes as the lines of the diagram. */
export function columns({ threads, steps }: Lanes): string[] {
	const cells = steps
		.filter(({ op }) => op !== 'wait')
		.map((step) => {
			const { text, note, place } = words(step);
			const said = `${text}${note && ` ${note}`}${place && `  ${place}`}`;
			return { lane: step.lane, text: isTrouble(step) ? `*** ${said}` : indent(step.depth, said) };
		});
	const widths = shrink(
		threads.map((name, lane) => {
			const texts = cells.filter((cell) => cell.lane === lane).map(({ text }) => text.length);
			return Math.max(name.length, ...texts);
		}),
	);
	const row = (lane: number, text: string): string => {
		const left = sum(widths.slice(0, lane)) + GAP * lane;
		return (' '.repeat(left) + fit(text, widths[lane]!)).trimEnd();
	};
	const header = threads.map((name, lane) => fit(name, widths[lane]!).padEnd(widths[lane]!));
	const rule = widths.map((each) => '-'.repeat(each));
	const gap = ' '.repeat(GAP);
	const waiting = steps
		.filter(({ op }) => op === 'wait')
		.map((step) => `*** ${threads[step.lane]} ${words(step).text}`);
	return [
		header.join(gap).trimEnd(),
		rule.join(gap),
		...cells.map(({ lane, text }) => row(lane, text)),
		...waiting,
	].map((line) => fit(plain(line), DIAGRAM_WIDTH));
}

const indent = (depth: number, text: string): string => `${'  '.repeat(depth)}${text}`;

/** Names come from the implementation, which may say anything. */
const plain = (text: string): string => text.replace(/[^ -~]/g, '?');

/** Column widths that fit; the widest columns give way. */
function shrink(natural: readonly number[]): number[] {
	const widths = [...natural];
	const room = DIAGRAM_WIDTH - GAP * (widths.length - 1);
	for (let excess = sum(widths) - room; excess > 0; excess--) {
		const widest = Math.max(...widths);
		if (widest > 1) widths[widths.indexOf(widest)] = widest - 1;
	}
	return widths;
}

const sum = (numbers: readonly number[]): number =>
	numbers.reduce((total, each) => total + each, 0);

function fit(text: string, width: number): string {
	return text.length <= width ? text : `${text.slice(0, width - 1)}~`;
}
