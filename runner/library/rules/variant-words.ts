// SPDX-License-Identifier: MIT
import { wordsOf } from '../variants';
import type { Rule } from './rule';

/** Every $word has a value in every variant, no value is itself a $word, and every value is used. */
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
			message: `$${word} has no value${lacking ? ` in variant ${lacking[0]}` : ''}`,
			hint: lacking
				? `Add "${word}: ..." to variants/${lacking[0]}.`
				: `Add "${word}: ..." to each of several variants.`,
		});
	}
	// A misspelt $word also leaves a value unused: only the $word is reported.
	if (!complete) return;
	const unused = new Set<string>();
	for (const [name, words] of variants)
		for (const [word, value] of Object.entries(words)) {
			const report = (message: string, hint: string, at: 'key' | 'value') =>
				source.diagnose(['variants', name, word], { code: 'E_VARIANT', message, hint, at });
			if (!used.has(word) && !unused.has(word))
				yield report(`"${word}" is never used`, `Use it as $${word}, or remove it.`, 'key');
			if (typeof value === 'string' && value.startsWith('$'))
				yield report(`the value of "${word}" is another $word`, 'Write out the value.', 'value');
			unused.add(word);
		}
};
