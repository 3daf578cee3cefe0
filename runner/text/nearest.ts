// SPDX-License-Identifier: MIT
/** Returns the word that was probably meant: the one with the fewest changed letters, at most two. */
export function nearest(word: string, words: readonly string[]): string | undefined {
	const distance = (other: string) => Math.abs(other.length - word.length);
	const ranked = words
		.filter((other) => distance(other) <= 2)
		.map((other) => ({ other, changes: changes(word, other) }))
		.sort((a, b) => a.changes - b.changes || distance(a.other) - distance(b.other));
	const [best] = ranked;
	return best && best.changes <= Math.min(2, (word.length - 1) / 2) ? best.other : undefined;
}

/** Levenshtein distance: inserted, removed and replaced letters. */
function changes(a: string, b: string): number {
	let row = Array.from({ length: b.length + 1 }, (_, index) => index);
	for (const [index, letter] of [...a].entries()) {
		let last = index + 1;
		let corner = index;
		row = row.map((above, column) => {
			if (column > 0)
				last = Math.min(corner + (letter === b[column - 1] ? 0 : 1), above + 1, last + 1);
			corner = above;
			return last;
		});
	}
	return row.at(-1) ?? 0;
}
