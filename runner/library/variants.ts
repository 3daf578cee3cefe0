// SPDX-License-Identifier: MIT
/** Fills the $words of a vector in, once for each of its variants. */
import type { Vector } from '../../schema/types/vector';
import type { Path } from './yaml-source';

/** Where $words may stand. */
const PLACES = ['threads', 'setup', 'holders', 'outcomes', 'rules'] as const;
const WORD = /^\$([A-Za-z][A-Za-z0-9_-]*)$/;

export interface Variant {
	/** null when the vector has no variants. */
	readonly name: string | null;
	readonly vector: Vector;
}

export function variantsOf(vector: Vector): Variant[] {
	if (!vector.variants) return [{ name: null, vector }];
	return Object.entries(vector.variants).map(([name, words]) => {
		const filled: Record<string, unknown> = { ...vector };
		for (const place of PLACES)
			if (vector[place] !== undefined)
				filled[place] = fill(vector[place], (word) =>
					Object.hasOwn(words, word) ? words[word] : `$${word}`,
				);
		return { name, vector: filled as unknown as Vector };
	});
}

/** The $words that a vector uses, each with the place where it stands first. */
export function wordsOf(vector: Vector): Map<string, Path> {
	const words = new Map<string, Path>();
	for (const place of PLACES) collect(vector[place], [place], words);
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

function fill(value: unknown, meaning: (word: string) => unknown): unknown {
	if (typeof value === 'string') {
		const word = WORD.exec(value)?.[1];
		return word === undefined ? value : meaning(word);
	}
	if (Array.isArray(value)) return value.map((item) => fill(item, meaning));
	if (value === null || typeof value !== 'object') return value;
	return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, fill(item, meaning)]));
}
