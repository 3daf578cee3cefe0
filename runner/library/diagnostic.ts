// SPDX-License-Identifier: MIT
/** What can be wrong with a file: a closed set of codes, each with where, what and what to do. */

import { printable } from '../text/printable';
import { UserError } from '../text/user-error';

/** Every code, with what it means. Codes are stable: scripts may rely on them. */
export const codes = {
	E_READ: 'the file cannot be read',
	E_SIZE: 'the file is larger than a vector (64 KiB) or a thread of mails (32 MiB) may be',
	E_ENCODING: 'the file is not UTF-8',
	E_BOM: 'the file starts with a byte-order mark',
	E_SYNTAX: 'the file is not YAML, or more of it than a vector may use',
	E_DUPLICATE_KEY: 'a key stands twice in one mapping',
	E_DOCUMENTS: 'the file holds no document, or several',
	E_ALIAS: 'too many anchors or aliases, an alias without meaning, or a merge key',
	E_BLANK: 'a blank of a draft is not filled in',
	E_FORMAT: 'the format version is unknown',
	E_UNKNOWN_KEY: 'a key is unknown, or not allowed here',
	E_MISSING_KEY: 'a key is missing',
	E_TYPE: 'a value has the wrong type',
	E_VALUE: 'a value is not one of those allowed',
	E_RANGE: 'a value or list is too small or too large',
	E_ID_FILE: 'the id does not match the file name',
	E_DUPLICATE_ID: 'two files have the same id',
	E_DUPLICATE_NAME: 'two threads or calls have the same name',
	E_HOLDER: 'a holder is not defined',
	E_NAME: 'a call, thread or outcome is not defined',
	E_RESULT: 'a call cannot have this result',
	E_CALL: 'a call lacks an argument, has one that it does not take, or stands where it cannot',
	E_VARIANT: 'a $word has no meaning in a variant, or is never used',
	E_DEVICE: 'the initial device cannot be reached',
	E_OVERLAP: 'two outcomes overlap',
	E_ORDER: 'an order names a thread or stop that does not exist',
	E_EVIDENCE: 'a normative vector has no rule, or an inferred bug no model',
	E_LEDGER: 'the ledger and the vectors disagree',
	E_PROFILE: 'a profile and the vectors disagree',
	E_KNOWN_FAILURE: 'a known failure is unusable',
	E_MAIL: 'the file is neither a mail nor an mbox',
	E_MAIL_HEADER: 'a mail lacks a header that a draft rests on, or has a malformed one',
	E_MAIL_MIME: 'the parts of a mail are cut off, or too deep within each other',
	E_SPLAT: 'the file holds no WARN, BUG or oops of a kernel',
} as const;

export type Code = keyof typeof codes;

export interface Diagnostic {
	readonly code: Code;
	readonly file: string;
	/** From 1; 0 when the whole file is meant. */
	readonly line: number;
	readonly column: number;
	readonly message: string;
	/** What to do next. */
	readonly hint: string;
	/** The offending line; empty when the whole file is meant. */
	readonly excerpt: string;
	/** What would mend it, at this place. */
	readonly fix?: { readonly from: string; readonly to: string };
}

const WIDTH = 96;
/** Nobody reads more of a message; a key may be as long as a file. */
const LENGTH = 400;

/** A diagnostic as text: where, what, the line with a caret, what to do. */
export function format(diagnostic: Diagnostic): string {
	const { code, file, line, column, message, hint, excerpt } = diagnostic;
	const where = line > 0 ? `${file}:${line}:${column}` : file;
	const lines = [printable(`${where}: ${code}: ${clip(message)}`)];
	if (line > 0) {
		const start = column > WIDTH ? column - WIDTH / 2 : 0;
		const margin = ' '.repeat(String(line).length);
		const text = printable(excerpt.slice(start, start + WIDTH));
		lines.push(`  ${line} | ${text}`, `  ${margin} | ${' '.repeat(column - 1 - start)}^`);
	}
	lines.push(`  ${printable(clip(hint))}`);
	return lines.join('\n');
}

function clip(text: string): string {
	return text.length > LENGTH ? `${text.slice(0, LENGTH)}...` : text;
}

/** Diagnostics that are given of one file. */
export const SHOWN = 10;

/** Files that were refused. */
export class InvalidFile extends UserError {
	constructor(readonly diagnostics: readonly Diagnostic[]) {
		super(diagnostics.map(format).join('\n\n'));
	}
}
