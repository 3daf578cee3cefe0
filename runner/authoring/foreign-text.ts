// SPDX-License-Identifier: MIT
/** Text of strangers, made fit for a comment or a value: one line, nothing that does not show, no longer than is read. */
import { printable } from '../text/printable';

const TAB = 8;
export const WIDTH = 110;

/** Tabs become spaces to the next stop: a diagram keeps its columns. */
export function fit(text: string, width = WIDTH): string {
	let out = '';
	for (const part of text.slice(0, 4 * width).split(/(\t)/))
		out += part === '\t' ? ' '.repeat(TAB - (out.length % TAB)) : part;
	const line = out.trimEnd();
	return printable(line.length > width ? `${line.slice(0, width - 3)}...` : line);
}
