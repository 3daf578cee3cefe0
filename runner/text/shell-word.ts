// SPDX-License-Identifier: MIT
import { printable } from './printable';

/** Text as one word of a command line that people paste into a shell, on one line, and never an option. */
export function shellWord(text: string): string {
	const word = printable(text).replace(/^-/, './-');
	return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
