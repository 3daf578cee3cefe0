// SPDX-License-Identifier: MIT
import { wordsOf } from '../variants';
import type { Rule } from './rule';

/** Every $word has a meaning in every variant, no meaning is itself a $word, and every meaning is used. */
export const variantWords: Rule = function* ({ source, vector }) {
	const used = wordsOf(vector);
	const variants = Object.entries(vector.variants ?? {});
	let complete = true;
	for (const [word, path] of used) {
		const lacking = variants.find(([, words]) => !Object.hasOwn(words, word));
		if (variants.length > 0 && !lacking) continue;
		complete = false;
		yield source.diagnose(path, {
			code: 'E_VARIANT',
			message: `$${word} has no meaning${lacking ? ` in variant ${lacking[0]}` : ''}`,
			hint: lacking
				? `Add "${word}: ..." to variants/${lacking[0]}.`
				: `Add "${word}: ..." to each of several variants.`,
		});
	}
	// A misspelt $word leaves its meaning unused: once is enough.
	if (!complete) return;
	const unused = new Set<string>();
	for (const [name, words] of variants)
		for (const [word, meaning] of Object.entries(words)) {
			const at = (message: string, hint: string, what: 'key' | 'value') =>
				source.diagnose(['variants', name, word], { code: 'E_VARIANT', message, hint, at: what });
			if (!used.has(word) && !unused.has(word))
				yield at(`"${word}" is never used`, `Use it as $${word}, or remove it.`, 'key');
			if (typeof meaning === 'string' && meaning.startsWith('$'))
				yield at(`"${word}" means another $word`, 'Write out what it means here.', 'value');
			unused.add(word);
		}
};
