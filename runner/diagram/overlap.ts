// SPDX-License-Identifier: MIT
/** Places the columns of a diagram in a width. Only one thread moves at a time, so columns may overlap. */

export interface Column {
	readonly name: string;
	/** Characters of its longest step. */
	readonly width: number;
	/** Characters before it. */
	left: number;
}

/** Blanks between two columns. */
export const GAP = 2;

/** Places columns side by side if they fit. Otherwise moves them left until their steps fit, without covering names. */
export function place(columns: readonly Column[], total: number): void {
	let natural = 0;
	for (const column of columns) {
		column.left = Math.min(natural, total - column.width);
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

/** The line of names and the line below it. */
export function heading(columns: readonly Column[], total: number): [string, string] {
	const names = columns.reduce((line, { name, left }) => line.padEnd(left) + name, '');
	const rule = columns.reduce((line, { width, left }, lane) => {
		const end = (columns[lane + 1]?.left ?? total + GAP) - GAP;
		return line.padEnd(left) + '-'.repeat(Math.max(Math.min(width, end - left), 0));
	}, '');
	return [names, rule];
}
