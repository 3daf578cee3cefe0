// SPDX-License-Identifier: MIT
/** Reports placeholders that an author has not replaced yet. */
import type { Diagnostic } from '../diagnostic';
import type { Path, YamlSource } from '../yaml-source';

/** First word of each placeholder of "dax-vectors new"; the words after it describe the value to write. */
export const PLACEHOLDER_WORD = 'TODO';
const PLACEHOLDER = new RegExp(`^${PLACEHOLDER_WORD}\\b[:,]?\\s*(.*)$`, 's');

/** Reports every placeholder of a draft. Runs before the schema is checked. */
export function* noPlaceholders(source: YamlSource): Iterable<Diagnostic> {
	for (const { path, text, at } of texts(source.data, [])) {
		const [, wanted] = PLACEHOLDER.exec(text) ?? [];
		if (wanted === undefined) continue;
		const place = path.filter((step) => typeof step === 'string').join('/');
		yield source.diagnose(path, {
			code: 'E_BLANK',
			message: `${place} is still a placeholder`,
			hint: `Replace it: ${wanted === '' ? 'vectors/README.md explains the format.' : wanted}`,
			at,
		});
	}
}

/** Every key and every value that is text. */
function* texts(
	value: unknown,
	path: Path,
): Generator<{ path: Path; text: string; at: 'key' | 'value' }> {
	if (typeof value === 'string') yield { path, text: value, at: 'value' };
	if (value === null || typeof value !== 'object') return;
	for (const [key, item] of Object.entries(value)) {
		const step = Array.isArray(value) ? Number(key) : key;
		if (!Array.isArray(value)) yield { path: [...path, step], text: key, at: 'key' };
		yield* texts(item, [...path, step]);
	}
}
