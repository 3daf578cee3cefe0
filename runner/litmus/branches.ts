// SPDX-License-Identifier: MIT
/** Prints the branches after a read as C: the lines that all branches begin with, then an if. */
import type { Value } from '../../schema/types/execution';
import type { Encoding } from './encoding';

/** Lines that follow a read which returned one of the values. */
export interface Branch {
	readonly values: readonly Value[];
	readonly lines: readonly string[];
}

export function printBranches(
	register: string,
	branches: readonly Branch[],
	{ number }: Encoding,
): string[] {
	const [first, ...others] = branches;
	if (!first || others.length === 0) return [...(first?.lines ?? [])];
	const same = commonLength(branches);
	// A branch without lines of its own comes last, where it needs no braces.
	const isEmpty = ({ lines }: Branch) => Number(lines.length === same);
	const ordered = [...branches].sort(
		(a, b) => isEmpty(a) - isEmpty(b) || a.values.length - b.values.length,
	);
	const last = ordered.pop() ?? first;
	const result = first.lines.slice(0, same);
	for (const [index, { values, lines }] of ordered.entries()) {
		const test = values.map((value) => `${register} == ${number(value)}`).join(' || ');
		result.push(index === 0 ? `if (${test}) {` : `} else if (${test}) {`);
		result.push(...lines.slice(same).map(indent));
	}
	if (last.lines.length > same) result.push('} else {', ...last.lines.slice(same).map(indent));
	return [...result, '}'];
}

/** Number of lines, up to the first if, that all branches begin with. */
function commonLength(branches: readonly Branch[]): number {
	const [first] = branches;
	const differs = first?.lines.findIndex(
		(line, index) => line.startsWith('if ') || branches.some(({ lines }) => lines[index] !== line),
	);
	return differs === undefined || differs < 0 ? (first?.lines.length ?? 0) : differs;
}

const indent = (line: string): string => `\t${line}`;
