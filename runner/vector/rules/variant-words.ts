// SPDX-License-Identifier: MIT
import { wordsOf } from '../variants';
import { alternatives, callsOf, resultsOf } from '../walk';
import type { Rule } from './rule';

/** Every $word has a meaning in every variant, and every meaning is used. */
export const variantWords: Rule = function* ({ source, vector }) {
	const used = wordsOf(vector);
	const variants = Object.entries(vector.variants ?? {});
	for (const word of used) {
		const lacking = variants.find(([, words]) => !Object.hasOwn(words, word));
		if (variants.length > 0 && !lacking) continue;
		yield source.at(
			placeOf(vector, word),
			'E_VARIANT',
			`$${word} has no meaning${lacking ? ` in variant ${lacking[0]}` : ''}`,
			`Add "${word}: ..." to every variant under variants.`,
		);
	}
	for (const [name, words] of variants)
		for (const word of Object.keys(words))
			if (!used.has(word))
				yield source.at(
					['variants', name, word],
					'E_VARIANT',
					`"${word}" is never used`,
					`Use it as $${word}, or remove it.`,
					'key',
				);
};

function placeOf(vector: Parameters<typeof callsOf>[0], word: string): (string | number)[] {
	for (const { path, value } of callsOf(vector))
		if (value.call === `$${word}`) return [...path, 'call'];
	for (const { path, value } of resultsOf(vector))
		for (const [name, expected] of Object.entries(value))
			if (alternatives(expected).includes(`$${word}`)) return [...path, name];
	return [];
}
