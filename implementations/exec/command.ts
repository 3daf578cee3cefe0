// SPDX-License-Identifier: MIT
/** Splits an adapter's command into words. No shell runs it, so no character needs escaping. */

/** A program and its arguments. */
export type Command = readonly [program: string, ...args: string[]];

/** Splits a command at spaces outside "..." and '...'. Returns null for an open quote, or if there is no program. */
export function words(command: string): Command | null {
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
	const [program, ...args] = found;
	return quote !== '' || !program ? null : [program, ...args];
}
