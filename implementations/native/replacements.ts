// SPDX-License-Identifier: MIT
/** Prints the C that replaces unknown words, and applies it to the tree's files. */
import { functionsIn, withBody } from './functions';
import type { Files, UnknownWord } from './unknown-words';

/** Start of the names of functions that end an execution; shim/unknown.c. */
const PREFIX = 'dv_unknown_';

/** Unknown words that a compiled tree can reach, by the name of the function that it then calls. */
export type Reachable = readonly (readonly [symbol: string, word: string])[];

const symbolOf = ({ kind, word }: UnknownWord): string =>
	kind === 'symbol' ? word : `${PREFIX}${word.replace(/\W/g, '_')}`;

const isReachable = ({ kind }: UnknownWord): boolean => kind !== 'type' && kind !== 'declaration';

/** The functions of all words that an execution can reach. */
export const reachable = (words: readonly UnknownWord[]): Reachable => [
	...new Map(words.filter(isReachable).map((word) => [symbolOf(word), word.word])),
];

/** A header that the compiler includes before the tree's files. */
export function headerOf(words: readonly UnknownWord[]): string {
	const functions = reachable(words)
		.filter(([symbol]) => symbol.startsWith(PREFIX))
		.map(([symbol]) => `long ${symbol}();`);
	return `${[...functions, ...words.map(declarationOf)].filter(Boolean).join('\n')}\n`;
}

function declarationOf(unknown: UnknownWord): string {
	const { kind, word } = unknown;
	switch (kind) {
		case 'type':
			if (word.startsWith('enum ')) return `${word} { dv_opaque_${word.slice(5)} };`;
			// A constant member: the value of such an object cannot be assigned.
			return / /.test(word)
				? `${word} { const char dv_opaque; };`
				: `typedef struct { const char dv_opaque; } ${word};`;
		case 'declaration':
			return `#define ${word}${unknown.call ? '(...)' : ''}`;
		case 'call':
			return `#define ${word}(...) ${symbolOf(unknown)}()`;
		case 'value':
			return `#define ${word} ${symbolOf(unknown)}()`;
		case 'pointer':
			// Through void *, which becomes a pointer to any function.
			return `#define ${word} ((void *)${symbolOf(unknown)})`;
		default:
			return '';
	}
}

/** The functions that end an execution. Each passes its index to the shim, which reports it. */
export const sourceOf = (words: readonly UnknownWord[]): string =>
	[
		'long dv_unknown(int word);',
		...reachable(words).map(
			([symbol], index) => `long ${symbol}() { return dv_unknown(${index}); }`,
		),
		'',
	].join('\n');

/** The tree's files with the bodies that end an execution. */
export function replaced(files: Files, words: readonly UnknownWord[]): Files {
	const result = new Map(files);
	for (const word of words) {
		if (word.kind !== 'body') continue;
		const source = result.get(word.path) ?? '';
		const found = functionsIn(source).find(
			({ name, open, close }) => name === word.function && open <= word.line && word.line <= close,
		);
		if (found) result.set(word.path, withBody(source, found, word.line, `${symbolOf(word)}();`));
	}
	return result;
}
