// SPDX-License-Identifier: MIT
/** Reads the errors of gcc, clang and ld, and explains why a tree does not compile. */

export interface CompileError {
	/** Path as the compiler prints it; '' for an error of the linker. */
	readonly file: string;
	readonly line: number;
	/** Bytes from the start of the line, from 1. clang's; that of gcc counts a tab as eight. */
	readonly column: number;
	readonly text: string;
}

const ERROR = /^(.+?):(\d+):(\d+): (?:fatal )?error: (.*)$/;

/** The errors of a compiler's output, in order. */
export function compileErrors(output: string): CompileError[] {
	return output.split('\n').flatMap((row) => {
		const [, file = '', line, column, text] = ERROR.exec(row) ?? [];
		return text === undefined ? [] : [{ file, line: Number(line), column: Number(column), text }];
	});
}

/** Symbols that the linker did not find. */
export function undefinedSymbols(output: string): string[] {
	const found = output.matchAll(/undefined (?:reference to|symbol:) [‘'`"]?(\w+)/g);
	return [...new Set([...found].map(([, symbol = '']) => symbol))];
}

const quoted = (before: string, after = ''): RegExp =>
	new RegExp(`${before}[‘'\`"](?:(?:const |struct |union |enum )*)(\\w+)[’'"]${after}`);

/** Messages that name an unknown word. */
const NAMES = [
	quoted('unknown type name '),
	quoted('(?:implicit declaration of|undeclared) function '),
	quoted('', ' undeclared'),
	quoted('undeclared identifier '),
	quoted('no member named '),
	quoted('field designator '),
	quoted('undefined reference to '),
	/undefined symbol: (\w+)/,
	quoted('macro '),
	quoted('too (?:many|few) arguments to function '),
	quoted('invalid use of undefined type '),
	quoted('incomplete definition of type '),
	quoted('storage size of ', ' isn'),
	quoted('', ' (?:has|with|is an) incomplete type'),
	quoted('(?:incomplete|undefined) type '),
	quoted('before '),
];

/** The unknown word that a message names. */
export const wordIn = (text: string): string | undefined =>
	NAMES.map((pattern) => pattern.exec(text)?.[1]).find(Boolean);

/**
 * The first error, with its place in the tree and the missing name. folder is removed from paths; files are those in it,
 * by their paths.
 */
export function explainCompileError(
	output: string,
	folder: string,
	files: ReadonlyMap<string, string>,
): string {
	const lines = output.split('\n').map((line) => line.replaceAll(`${folder}/`, ''));
	const first = lines.find((line) => /error:|undefined reference|undefined symbol/i.test(line));
	const [error] = compileErrors(first ?? '');
	// clang names no word here.
	const row =
		error && /without types|requires a specifier/.test(error.text)
			? files.get(error.file)?.split('\n')[error.line - 1]
			: '';
	const name = wordIn(first ?? '') ?? /\w+/.exec(row ?? '')?.[0];
	const advice = name ? needsWord(name) : 'the tree does not compile';
	return `${first?.trim() ?? lines[0]}; ${advice}`;
}

/** The advice for a word that the vocabulary lacks. */
export const needsWord = (word: string): string =>
	`this tree needs ${word} in implementations/native/shim/vocabulary.h`;
