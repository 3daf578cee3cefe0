// SPDX-License-Identifier: MIT
/**
 * Replaces words that the vocabulary lacks, from the compiler's errors: a tree with a new word still compiles, and an
 * execution that reaches the word ends without a verdict. Nothing is guessed that an execution could observe: a type has
 * no usable value, and an empty macro declares no member that any code names.
 */
import { type CompileError, wordIn } from './compile-error';
import { type FunctionText, functionsIn, withoutComments } from './functions';

export type UnknownWord =
	/** A type, or "struct X": a struct without usable members. */
	| { readonly kind: 'type'; readonly word: string }
	/** A macro that declares a member or annotates a declaration: nothing. */
	| { readonly kind: 'declaration'; readonly word: string; readonly call: boolean }
	/** A function or macro in the body of a function: a call that ends the execution. */
	| { readonly kind: 'call' | 'value'; readonly word: string }
	/** A function that an initialiser names, or that is declared only: it ends the execution. */
	| { readonly kind: 'pointer' | 'symbol'; readonly word: string }
	/** Any other error in the body of a function: the body ends the execution. */
	| {
			readonly kind: 'body';
			readonly word: string;
			readonly path: string;
			readonly function: string;
			readonly line: number;
	  };

/** Contents of the tree's files by path. */
export type Files = ReadonlyMap<string, string>;

/** Operands that are not evaluated, or must be constant: a call there would have a guessed effect. */
const UNEVALUATED =
	/\b(?:sizeof|typeof|__typeof__|__builtin_\w+|_Generic|_Static_assert|case|enum)\b/;

/** Members of initialisers whose value is a function. */
const FUNCTION_MEMBER = /^\s*\.\w+\s*=\s*(\w+)\s*,?\s*$/;

/** The files of a compilation. */
export interface Sources {
	readonly files: Files;
	/** The tree's path of a file that the compiler names. */
	pathOf(file: string): string | undefined;
	/** True for a word that the vocabulary has, with other operands or another type than the tree needs. */
	isKnown(word: string): boolean;
}

/** One error with its surroundings. */
interface Site {
	readonly error: CompileError;
	readonly path: string;
	readonly row: string;
	readonly function: FunctionText | undefined;
}

/**
 * The words to replace next; none when an error has no replacement. Types come first, because an unknown one causes errors
 * elsewhere, and bodies last.
 */
export function nextWords(
	errors: readonly CompileError[],
	sources: Sources,
	replaced: readonly UnknownWord[],
): UnknownWord[] {
	const sites = errors.flatMap((error) => siteOf(error, sources) ?? []);
	const isNew = (word: UnknownWord | undefined): word is UnknownWord =>
		word !== undefined &&
		(word.kind === 'body' || !sources.isKnown(word.word)) &&
		!replaced.some((other) => keyOf(other) === keyOf(word));
	for (const rule of [typeOf, declarationOf, wordOf, bodyWordOf]) {
		const found = sites.map(rule).filter(isNew);
		const all = [...found, ...found.flatMap((word) => unevaluatedUses(word, sources.files))];
		if (all.length > 0) return [...new Map(all.map((word) => [keyOf(word), word])).values()];
	}
	return [];
}

/** The functions that use an unknown type and an operand that is not evaluated, such as its size: a guess. */
function unevaluatedUses({ kind, word }: UnknownWord, files: Files): UnknownWord[] {
	if (kind !== 'type') return [];
	const name = new RegExp(`\\b${word.replace(/^.* /, '')}\\b`);
	return [...files].flatMap(([path, source]) => {
		const rows = withoutComments(source).split('\n');
		return functionsIn(source).flatMap(({ name: owner, head, open, close }): UnknownWord[] => {
			const at = rows.findIndex(
				(row, index) => index + 1 >= open && index < close && UNEVALUATED.test(row),
			);
			return at >= 0 && name.test(rows.slice(head - 1, close).join('\n'))
				? [{ kind: 'body', word, path, function: owner, line: at + 1 }]
				: [];
		});
	});
}

/** Two words with the same key have the same replacement. */
const keyOf = (word: UnknownWord): string =>
	word.kind === 'body' ? `${word.path}:${word.function}` : word.word;

function siteOf(error: CompileError, { files, pathOf }: Sources): Site | undefined {
	const path = pathOf(error.file);
	const source = path === undefined ? undefined : files.get(path);
	if (path === undefined || source === undefined) return undefined;
	const owner = functionsIn(source).find(
		({ open, close }) => open <= error.line && error.line <= close,
	);
	return { error, path, row: source.split('\n')[error.line - 1] ?? '', function: owner };
}

function typeOf({ error, row }: Site): UnknownWord | undefined {
	const { text } = error;
	if (UNEVALUATED.test(text)) return undefined;
	const named = /unknown type name [‘'`"](\w+)/.exec(text)?.[1];
	// Within a body, gcc takes an attribute or a declaring macro for a type.
	if (named !== undefined) return /^__/.test(named) ? undefined : { kind: 'type', word: named };
	const whole = /incomplete type [‘'`"](?:const )?((?:struct|union|enum) \w+)[’'"]/.exec(text)?.[1];
	if (whole !== undefined) return { kind: 'type', word: whole };
	// gcc names the member, parameter or variable; the line has its type.
	const name = /[‘'`"](\w+)[’'"]\)? (?:has incomplete type|isn.t known)/.exec(text)?.[1];
	const type = name && new RegExp(`\\b(struct|union|enum)\\s+(\\w+)\\s+${name}\\b`).exec(row);
	return type ? { kind: 'type', word: `${type[1]} ${type[2]}` } : undefined;
}

/** A macro in the place of a member or of an annotation, outside of all functions. */
function declarationOf({ error, row, function: owner }: Site): UnknownWord | undefined {
	if (owner && error.line > owner.open) return undefined;
	const { text, column } = error;
	if (/specifier-qualifier-list before|type name requires a specifier/.test(text)) {
		const word = /before [‘'`"](\w+)/.exec(text)?.[1] ?? /\w+/.exec(row.slice(column - 1))?.[0];
		const whole = word && /^\s*(?:\w+\s*\([^()]*\)[\s;]*)+$/.test(row);
		return whole ? { kind: 'declaration', word, call: true } : undefined;
	}
	const exported = /^((?:EXPORT|MODULE)_\w+)\s*\(/.exec(row)?.[1];
	if (exported !== undefined && /without types|type specifier missing|defaults to/.test(text))
		return { kind: 'declaration', word: exported, call: true };
	// An annotation that the kernel's compilers know too, such as __packed, changes no access.
	if (!/attribute|top level declarator|unknown type name|end of declaration/.test(text))
		return undefined;
	const word =
		/(?:before|name) [‘'`"](__\w+)/.exec(text)?.[1] ??
		/^[\s)]*(__\w+)/.exec(row.slice(column))?.[1];
	return word === undefined
		? undefined
		: { kind: 'declaration', word, call: new RegExp(`\\b${word}\\s*\\(`).test(row) };
}

/** A function, macro or constant. */
function wordOf({ error, row, function: owner }: Site): UnknownWord | undefined {
	const { text } = error;
	const word =
		/(?:implicit declaration of|undeclared) function [‘'`"](\w+)/.exec(text)?.[1] ??
		/[‘'`"](\w+)[’'"] undeclared/.exec(text)?.[1] ??
		/undeclared identifier [‘'`"](\w+)/.exec(text)?.[1];
	if (word === undefined) return undefined;
	if (!owner)
		return FUNCTION_MEMBER.exec(row)?.[1] === word ? { kind: 'pointer', word } : undefined;
	if (UNEVALUATED.test(row)) return undefined;
	return { kind: /function/.test(text.replace(/\(.*/, '')) ? 'call' : 'value', word };
}

function bodyWordOf({ error, path, row, function: owner }: Site): UnknownWord | undefined {
	if (!owner) return undefined;
	const word = wordIn(error.text) ?? (/\w+(?=\s*\()/.exec(row)?.[0] || owner.name);
	return { kind: 'body', word, path, function: owner.name, line: error.line };
}
