// SPDX-License-Identifier: MIT
/** A command as words. No shell ever sees it, so there is nothing to expand and nothing to escape from. */

/** Splits at spaces; "..." and '...' keep theirs. null where a quote is not closed, or nothing is there. */
export function words(command: string): string[] | null {
	const found: string[] = [];
	let word: string | null = null;
	let quote = '';
	for (const letter of command) {
		if (quote !== '') {
			if (letter === quote) quote = '';
			else word += letter;
		} else if (letter === '"' || letter === "'") {
			quote = letter;
			word ??= '';
		} else if (letter === ' ') {
			if (word !== null) found.push(word);
			word = null;
		} else word = (word ?? '') + letter;
	}
	if (word !== null) found.push(word);
	return quote !== '' || !found[0] ? null : found;
}
