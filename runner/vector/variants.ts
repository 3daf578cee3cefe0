// SPDX-License-Identifier: MIT
/** Fills the $words of a vector in, once for each of its variants. */
import type { Vector } from '../../schema/types/vector';

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

/** The $words that a vector uses. */
export function wordsOf(vector: Vector): Set<string> {
	const words = new Set<string>();
	for (const place of PLACES)
		fill(vector[place], (word) => {
			words.add(word);
			return null;
		});
	return words;
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
