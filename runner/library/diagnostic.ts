// SPDX-License-Identifier: MIT
/** Diagnostics of files: a closed set of codes, each with a place, a message and a hint. */
import { printable } from '../text/printable';
import { UserError } from '../text/user-error';

/** Meaning of each code. Codes are stable: scripts may rely on them. */
export const codes = {
	E_READ: 'the file cannot be read',
	E_SIZE: 'the file exceeds its limit: 64 KiB for a vector, 32 MiB for a thread of mails',
	E_ENCODING: 'the file is not UTF-8',
	E_BOM: 'the file starts with a byte-order mark',
	E_SYNTAX: 'the file is not YAML, or uses YAML that a vector may not use',
	E_DUPLICATE_KEY: 'a mapping has the same key twice',
	E_DOCUMENTS: 'the file has no YAML document, or several',
	E_ALIAS:
		'too many anchors or aliases, an alias of an unknown anchor or of itself, or a merge key',
	E_BLANK: 'a TODO placeholder is left',
	E_FORMAT: 'the format version is unknown',
	E_UNKNOWN_KEY: 'a key is unknown, or not allowed here',
	E_MISSING_KEY: 'a key is missing',
	E_TYPE: 'a value has the wrong type',
	E_VALUE: 'a value is not one of the allowed values',
	E_RANGE: 'a value or list is too small or too large',
	E_ID_FILE: 'the id does not match the file name',
	E_DUPLICATE_ID: 'two files have the same id',
	E_DUPLICATE_NAME: 'two threads or calls have the same name',
	E_HOLDER: 'a holder is not defined',
	E_NAME: 'a call, thread or outcome is not defined',
	E_RESULT: 'a call cannot return the expected result',
	E_CALL: 'a call has a missing or extra argument, or is not allowed here',
	E_VARIANT: 'a $word has no value in a variant, or is never used',
	E_DEVICE: 'the initial device cannot be reached',
	E_OVERLAP: 'two outcomes overlap',
	E_ORDER: 'an order names a thread or stop that does not exist',
	E_EVIDENCE: 'a normative vector has no rule, or an inferred bug has no model',
	E_LEDGER: 'the ledger and the vectors disagree',
	E_PROFILE: 'a profile and the vectors disagree',
	E_KNOWN_FAILURE: 'a list of known failures is invalid',
	E_MAIL: 'the file is neither a mail nor an mbox',
	E_MAIL_HEADER: 'a mail lacks a header that a draft needs, or has a malformed one',
	E_MAIL_MIME: 'the MIME parts of a mail are truncated or nested too deeply',
	E_SPLAT: 'the file has no kernel WARN, BUG or oops',
	E_LAYOUT: 'the layout of a vector differs from the one that lint --fix writes',
} as const;

export type Code = keyof typeof codes;

export interface Diagnostic {
	readonly code: Code;
	readonly file: string;
	/** From 1; 0 if the diagnostic is about the whole file. */
	readonly line: number;
	readonly column: number;
	readonly message: string;
	/** Next step for the user. */
	readonly hint: string;
	/** Text of the line; empty if the diagnostic is about the whole file. */
	readonly excerpt: string;
	/** Replacement at this place that corrects the mistake. */
	readonly fix?: { readonly from: string; readonly to: string };
}

const MAX_EXCERPT_COLUMNS = 96;
/** Limit of a message, which may quote a key: a key can be as long as its file. */
const MAX_MESSAGE_CHARACTERS = 400;

/** Formats a diagnostic: place, code and message; the line with a caret; the hint. */
export function format(diagnostic: Diagnostic): string {
	const { code, file, line, column, message, hint, excerpt } = diagnostic;
	const where = line > 0 ? `${file}:${line}:${column}` : file;
	const lines = [printable(`${where}: ${code}: ${clip(message)}`)];
	if (line > 0) {
		const start = column > MAX_EXCERPT_COLUMNS ? column - MAX_EXCERPT_COLUMNS / 2 : 0;
		const margin = ' '.repeat(String(line).length);
		const text = printable(excerpt.slice(start, start + MAX_EXCERPT_COLUMNS));
		lines.push(`  ${line} | ${text}`, `  ${margin} | ${' '.repeat(column - 1 - start)}^`);
	}
	lines.push(`  ${printable(clip(hint))}`);
	return lines.join('\n');
}

const clip = (text: string): string =>
	text.length > MAX_MESSAGE_CHARACTERS ? `${text.slice(0, MAX_MESSAGE_CHARACTERS)}...` : text;

/** Limit of diagnostics for one file. */
export const MAX_DIAGNOSTICS = 10;

/** Thrown for files that are refused; its message holds all diagnostics, formatted. */
export class InvalidFile extends UserError {
	constructor(readonly diagnostics: readonly Diagnostic[]) {
		super(diagnostics.map(format).join('\n\n'));
	}
}

/** A place in a file; without an offset, the whole file. */
export interface Place {
	readonly file: string;
	readonly text?: string;
	readonly offset?: number;
}

/** Makes an InvalidFile with one diagnostic. */
export function refusal(code: Code, place: Place, message: string, hint: string): InvalidFile {
	return new InvalidFile([diagnose(code, place, message, hint)]);
}

/** Makes a diagnostic; computes line, column and excerpt. */
export function diagnose(code: Code, place: Place, message: string, hint: string): Diagnostic {
	const { file, text, offset } = place;
	if (text === undefined || offset === undefined)
		return { code, file, line: 0, column: 0, message, hint, excerpt: '' };
	// Points at the last word rather than at an empty line at the end of the file.
	const at = Math.min(offset, text.trimEnd().length);
	const start = text.lastIndexOf('\n', at - 1) + 1;
	const line = text.slice(0, at).split('\n').length;
	const [excerpt = ''] = text.slice(start).split(/\r?\n/, 1);
	return { code, file, line, column: at - start + 1, message, hint, excerpt };
}
