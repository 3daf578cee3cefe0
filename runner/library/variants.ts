// SPDX-License-Identifier: MIT
/** Expands a vector to its variants, and finds its $words. */
import type { LiveVector, WrittenVector } from './vector';
import { callsOf } from './vector-parts';
import type { Path } from './yaml-source';

/** Keys below which $words are allowed. */
const KEYS = ['threads', 'setup', 'holders', 'outcomes', 'rules'] as const;
const WORD = /^\$([A-Za-z][A-Za-z0-9_-]*)$/;

export interface Variant {
	/** null if the vector has no variants. */
	readonly name: string | null;
	readonly vector: LiveVector;
}

/** Replaces every $word by its value, once for each variant, when the variant is first used. */
export function variantsOf(vector: LiveVector): Variant[] {
	if (!vector.variants) return [{ name: null, vector }];
	return Object.entries(vector.variants).map(([name, words]) => {
		let expanded: LiveVector | undefined;
		return {
			name,
			get vector() {
				expanded ??= expand(vector, words);
				return expanded;
			},
		};
	});
}

function expand(vector: LiveVector, words: Readonly<Record<string, unknown>>): LiveVector {
	const meaningOf = (word: string) => (Object.hasOwn(words, word) ? words[word] : `$${word}`);
	const expanded = KEYS.filter((key) => vector[key] !== undefined).map((key) => [
		key,
		replaceWords(vector[key], meaningOf),
	]);
	return { ...vector, ...Object.fromEntries(expanded) };
}

/**
 * Finds the $words of a vector, each with the path of its first use. A device
 * such as $got names the result of another call, and is left out.
 */
export function wordsOf(vector: WrittenVector): Map<string, Path> {
	const words = new Map<string, Path>();
	for (const key of KEYS) collect(vector[key], [key], words);
	const results = new Set([...callsOf(vector)].map(({ value }) => value.as));
	for (const [word, path] of words)
		if (path.at(-1) === 'device' && results.has(word)) words.delete(word);
	return words;
}

function collect(value: unknown, path: Path, words: Map<string, Path>): void {
	if (typeof value === 'string') {
		const word = WORD.exec(value)?.[1];
		if (word !== undefined && !words.has(word)) words.set(word, path);
	} else if (Array.isArray(value))
		for (const [index, item] of value.entries()) collect(item, [...path, index], words);
	else if (value !== null && typeof value === 'object')
		for (const [key, item] of Object.entries(value)) collect(item, [...path, key], words);
}

function replaceWords(value: unknown, meaningOf: (word: string) => unknown): unknown {
	if (typeof value === 'string') {
		const word = WORD.exec(value)?.[1];
		return word === undefined ? value : meaningOf(word);
	}
	if (Array.isArray(value)) return value.map((item) => replaceWords(item, meaningOf));
	if (value === null || typeof value !== 'object') return value;
	return Object.fromEntries(
		Object.entries(value).map(([key, item]) => [key, replaceWords(item, meaningOf)]),
	);
}
