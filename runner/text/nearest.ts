// SPDX-License-Identifier: MIT
/**
 * Returns the word that was probably meant: the one with the fewest changed letters, at most two. Another digit makes
 * another version or number, not a misspelling.
 */
export function nearest(word: string, words: readonly string[]): string | undefined {
	const distance = (other: string) => Math.abs(other.length - word.length);
	const ranked = words
		.filter((other) => distance(other) <= MAX_CHANGES)
		.map((other) => ({ other, changes: changes(word, other) }))
		.sort((a, b) => a.changes - b.changes || distance(a.other) - distance(b.other));
	const [best] = ranked;
	return best && best.changes <= Math.min(MAX_CHANGES, (word.length - 1) / 2)
		? best.other
		: undefined;
}

const MAX_CHANGES = 2;
/** Cost of a digit that is another, is missing or is too many: no suggestion. */
const DIGIT_COST = MAX_CHANGES + 1;

const isDigit = (letter: string): boolean => /\d/.test(letter);
const costOf = (letter: string): number => (isDigit(letter) ? DIGIT_COST : 1);

/** Levenshtein distance: inserted, removed and replaced letters. A letter for a digit, such as O for 0, is one change. */
function changes(a: string, b: string): number {
	let row = [0];
	for (const letter of b) row.push((row.at(-1) ?? 0) + costOf(letter));
	for (const letter of a) {
		let corner = row[0] ?? 0;
		let last = corner + costOf(letter);
		row = row.map((above, column) => {
			const other = b[column - 1];
			if (other !== undefined)
				last = Math.min(
					corner + replacement(letter, other),
					above + costOf(letter),
					last + costOf(other),
				);
			corner = above;
			return last;
		});
	}
	return row.at(-1) ?? 0;
}

function replacement(letter: string, other: string): number {
	if (letter === other) return 0;
	return isDigit(letter) && isDigit(other) ? DIGIT_COST : 1;
}
