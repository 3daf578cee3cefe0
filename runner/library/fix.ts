// SPDX-License-Identifier: MIT
/** What lint --fix mends: a byte-order mark, a misspelt key or word where one other was probably meant, the layout. */
import { type Diagnostic, InvalidFile } from './diagnostic';
import { formatVector } from './format';
import { parseVector } from './load';

/** Mending one mistake may show the next. */
const ROUNDS = 10;

export interface Fixed {
	readonly text: string;
	/** What was mended, each in a few words. */
	readonly mended: readonly string[];
}

/** What is left is for lint to refuse. Throws UserError where the layout cannot be mended without a loss. */
export function fixVector(file: string, bytes: Uint8Array): Fixed {
	const mended: string[] = [];
	let text = Buffer.from(bytes).toString('utf8');
	if (!Buffer.from(text).equals(bytes)) return { text, mended };
	if (text.startsWith('\ufeff')) {
		text = text.slice(1);
		mended.push('byte-order mark removed');
	}
	for (let round = 0; round < ROUNDS; round++) {
		const fixes = diagnosed(file, text).filter((each) => each.fix && fits(text, each));
		if (fixes.length === 0) break;
		// From the end on, so that places stay where they are.
		for (const each of fixes.sort((a, b) => b.line - a.line || b.column - a.column)) {
			const { from, to } = each.fix!;
			const at = offsetOf(text, each);
			text = text.slice(0, at) + to + text.slice(at + from.length);
			mended.push(`${from} -> ${to}`);
		}
	}
	const formatted = readable(file, text) ? formatVector(file, Buffer.from(text)) : text;
	if (formatted !== text) mended.push('layout');
	return { text: formatted, mended };
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

/** Within quotes, or written in another way, it stands elsewhere. */
const fits = (text: string, diagnostic: Diagnostic): boolean =>
	text.startsWith(diagnostic.fix!.from, offsetOf(text, diagnostic));

function offsetOf(text: string, { line, column }: Diagnostic): number {
	const before = text.split('\n').slice(0, line - 1);
	return before.reduce((sum, each) => sum + each.length + 1, 0) + column - 1;
}
