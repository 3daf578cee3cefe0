// SPDX-License-Identifier: MIT
import { printable } from './printable';

/** Quotes text as one word of a command line to paste into a shell; the word is one line and never an option. */
export function shellWord(text: string): string {
	const word = printable(text).replace(/^-/, './-');
	return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
