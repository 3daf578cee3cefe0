// SPDX-License-Identifier: MIT
/** Corrects a vector for lint --fix: a byte-order mark, a misspelt key or value with one likely correction, the layout. */
import { type Diagnostic, InvalidFile } from './diagnostic';
import { formatVector } from './format';
import { parseVector } from './load';

/** Limit of rounds: each round of corrections can uncover further mistakes. */
const MAX_ROUNDS = 10;

type Correctable = Diagnostic & Required<Pick<Diagnostic, 'fix'>>;

export interface Fixed {
	readonly text: string;
	/** Corrections, such as "stauts -> status". */
	readonly corrections: readonly string[];
}

/** Makes each correction that is likely and unique; the loader reports other mistakes. Throws as formatVector() does. */
export function fixVector(file: string, bytes: Uint8Array): Fixed {
	const corrections: string[] = [];
	let text = Buffer.from(bytes).toString('utf8');
	if (!Buffer.from(text).equals(bytes)) return { text, corrections };
	if (text.startsWith('\ufeff')) {
		text = text.slice(1);
		corrections.push('byte-order mark removed');
	}
	for (let round = 0; round < MAX_ROUNDS; round++) {
		const fixes = diagnosed(file, text).filter((each): each is Correctable => fits(text, each));
		if (fixes.length === 0) break;
		// From the end to the start, so that earlier offsets stay valid.
		for (const each of fixes.sort((a, b) => b.line - a.line || b.column - a.column)) {
			const { from, to } = each.fix;
			const at = offsetOf(text, each);
			text = text.slice(0, at) + to + text.slice(at + from.length);
			corrections.push(`${from} -> ${to}`);
		}
	}
	const formatted = readable(file, text) ? formatVector(file, Buffer.from(text)) : text;
	if (formatted !== text) corrections.push('layout');
	return { text: formatted, corrections };
}

function diagnosed(file: string, text: string): readonly Diagnostic[] {
	try {
		parseVector(file, Buffer.from(text));
		return [];
	} catch (error) {
		if (error instanceof InvalidFile) return error.diagnostics;
		throw error;
	}
}

const UNREADABLE: readonly string[] = [
	'E_SIZE',
	'E_ENCODING',
	'E_SYNTAX',
	'E_DUPLICATE_KEY',
	'E_DOCUMENTS',
	'E_ALIAS',
];

const readable = (file: string, text: string): boolean =>
	!diagnosed(file, text).some(({ code }) => UNREADABLE.includes(code));

/** Returns whether the text to replace is at the place of a diagnostic; the place of a quoted word is its quote. */
const fits = (text: string, diagnostic: Diagnostic): boolean =>
	diagnostic.fix !== undefined && text.startsWith(diagnostic.fix.from, offsetOf(text, diagnostic));

function offsetOf(text: string, { line, column }: Diagnostic): number {
	const before = text.split('\n').slice(0, line - 1);
	return before.reduce((sum, each) => sum + each.length + 1, 0) + column - 1;
}
