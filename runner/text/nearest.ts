// SPDX-License-Identifier: MIT
/** Returns the word that was probably meant: the one with the fewest changed letters, at most two. */
export function nearest(word: string, words: readonly string[]): string | undefined {
	const ranked = words
		.filter((other) => Math.abs(other.length - word.length) <= 2)
		.map((other) => ({ other, changes: changes(word, other) }))
		.sort((a, b) => a.changes - b.changes);
	const [best] = ranked;
	return best && best.changes <= Math.min(2, (word.length - 1) / 2) ? best.other : undefined;
}

function changes(a: string, b: string): number {
	let row = Array.from({ length: b.length + 1 }, (_, index) => index);
	for (const [i, letter] of [...a].entries()) {
		const next = [i + 1];
		for (let j = 0; j < b.length; j++)
			next.push(Math.min(row[j]! + (letter === b[j] ? 0 : 1), row[j + 1]! + 1, next[j]! + 1));
		row = next;
	}
	return row.at(-1)!;
}
