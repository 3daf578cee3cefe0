// SPDX-License-Identifier: MIT
/** JSON Lines: a header, a line a result, a footer. See schema/report.schema.json. */
import { UNSEEN } from '../text/printable';
import type { ReporterFactory } from './reporter';

export const json: ReporterFactory = (terminal) => ({
	write: (record) => terminal.out(jsonLine(record)),
});

/** On one line, without what a terminal, a reader or a log could take for something else: data stays what it is. */
export const jsonLine = (data: unknown, indent = ''): string =>
	JSON.stringify(data, null, indent)
		.replace(new RegExp(UNSEEN, 'gu'), escaped)
		.replaceAll('##[', '#\\u0023[');

/** JSON leaves some of them as they are; some readers take U+2028 for the end of a line. */
function escaped(unseen: string): string {
	let text = '';
	for (let index = 0; index < unseen.length; index++)
		text += `\\u${unseen.charCodeAt(index).toString(16).padStart(4, '0')}`;
	return text;
}
