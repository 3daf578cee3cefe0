// SPDX-License-Identifier: MIT
/** JSON Lines: a header, a line for each result, a footer. See schema/report.schema.json. */
import { UNSEEN } from '../text/printable';
import type { ReporterFactory } from './reporter';

export const json: ReporterFactory = (terminal) => ({
	write: (record) => terminal.out(jsonLine(record)),
});

/** JSON of data, with escapes for characters and words that a terminal, a line reader or a CI log would interpret. */
export const jsonLine = (data: unknown, indent = ''): string =>
	JSON.stringify(data, null, indent)
		.replace(new RegExp(UNSEEN, 'gu'), escaped)
		.replaceAll('##[', '#\\u0023[');

/** JSON.stringify() leaves some of them, such as U+2028, which some readers take for the end of a line. */
function escaped(unseen: string): string {
	let text = '';
	for (let index = 0; index < unseen.length; index++)
		text += `\\u${unseen.charCodeAt(index).toString(16).padStart(4, '0')}`;
	return text;
}
