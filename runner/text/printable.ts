// SPDX-License-Identifier: MIT
/** Text from files and adapters, made safe for terminals, logs and command lines. */

/** What does not show, or turns the direction of text; tabs and line ends are left to YAML. */
export const UNSEEN = /(?![\t\n\r])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

/** What GitHub's runner takes for a command in any log: the one where a line begins, the other wherever it stands. */
export const COMMAND = /^([^\S\n]*):(?=:)|#(?=#\[)/gm;

/** Text from a file as one line that is safe on a terminal and in a log, and no character longer or shorter. */
export function printable(text: string): string {
	return text
		.replace(/[\t\r\n]/g, ' ')
		.replace(new RegExp(UNSEEN, 'gu'), (unseen) => '\u00b7'.repeat(unseen.length))
		.replace(COMMAND, '$1\u00b7');
}
