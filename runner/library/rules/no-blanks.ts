// SPDX-License-Identifier: MIT

import type { Diagnostic } from '../diagnostic';
import type { Path, YamlSource } from '../yaml-source';

/** What a blank begins with, as "dax-vectors new" leaves it; the rest of it says what belongs there. */
export const blankWord = 'TODO';
const BLANK = new RegExp(`^${blankWord}\\b[:,]?\\s*(.*)$`, 's');

/** A draft is not a vector before its author has filled in what only a person knows. Asked before the schema is. */
export function* noBlanks(source: YamlSource): Iterable<Diagnostic> {
	for (const { path, text, what } of texts(source.data, [])) {
		const [, wanted] = BLANK.exec(text) ?? [];
		if (wanted === undefined) continue;
		const place = path.filter((step) => typeof step === 'string').join('/');
		yield source.diagnose(path, {
			code: 'E_BLANK',
			message: `${place} is not filled in`,
			hint: wanted === '' ? 'Say what is meant: see vectors/README.md.' : `Fill in: ${wanted}`,
			at: what,
		});
	}
}

/** Every key and every value that is text. */
function* texts(
	value: unknown,
	path: Path,
): Generator<{ path: Path; text: string; what: 'key' | 'value' }> {
	if (typeof value === 'string') yield { path, text: value, what: 'value' };
	if (value === null || typeof value !== 'object') return;
	for (const [key, item] of Object.entries(value)) {
		const step = Array.isArray(value) ? Number(key) : key;
		if (!Array.isArray(value)) yield { path: [...path, step], text: key, what: 'key' };
		yield* texts(item, [...path, step]);
	}
}
