// SPDX-License-Identifier: MIT
/** Makes text from files and adapters safe for terminals, logs and command lines. */

/** Matches invisible characters and those that change the direction of text, except tabs and line ends. */
export const UNSEEN = /(?![\t\n\r])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

/** Matches the commands of GitHub's runner in a log: "::" at the start of a line, "##[" anywhere. */
export const COMMAND = /^([^\S\n]*):(?=:)|#(?=#\[)/gm;

/** Returns text as one line that is safe on a terminal and in a log, of the same length. */
export function printable(text: string): string {
	return text
		.replace(/[\t\r\n]/g, ' ')
		.replace(new RegExp(UNSEEN, 'gu'), (unseen) => '\u00b7'.repeat(unseen.length))
		.replace(COMMAND, '$1\u00b7');
}
