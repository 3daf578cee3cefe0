// SPDX-License-Identifier: MIT
/** Places in a file, and what is wrong there. */
import { type Code, type Diagnostic, InvalidFile } from './diagnostic';

/** Somewhere in a file; without an offset, the file as a whole. */
export interface Place {
	readonly file: string;
	readonly text?: string;
	readonly offset?: number;
}

export function refusal(code: Code, place: Place, message: string, hint: string): InvalidFile {
	return new InvalidFile([diagnose(code, place, message, hint)]);
}

export function diagnose(code: Code, place: Place, message: string, hint: string): Diagnostic {
	const { file, text, offset } = place;
	if (text === undefined || offset === undefined)
		return { code, file, line: 0, column: 0, message, hint, excerpt: '' };
	// What is wrong with the end of a file is shown after its last word, not on an empty line.
	const at = Math.min(offset, text.trimEnd().length);
	const start = text.lastIndexOf('\n', at - 1) + 1;
	const line = text.slice(0, at).split('\n').length;
	const [excerpt] = text.slice(start).split(/\r?\n/, 1);
	return { code, file, line, column: at - start + 1, message, hint, excerpt: excerpt! };
}
