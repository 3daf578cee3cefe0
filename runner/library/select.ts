// SPDX-License-Identifier: MIT
/** Selects cases by ids and globs: DAXV-0001, daxv-1, 1 and DAXV-00* are all variants, DAXV-0001/fs_dax_get is one. */

import { nearest } from '../text/nearest';
import { UsageError } from '../text/user-error';
import type { Case } from './compile';

/** The id that a short form means: daxv-0001, DAXV-1, 0001 and 1 are DAXV-0001. Other words stay as they are. */
export function fullId(word: string): string {
	const [, number, variant = ''] = /^(?:daxv-?)?0*(\d{1,4})(\/.*)?$/i.exec(word) ?? [];
	if (number !== undefined) return `DAXV-${number.padStart(4, '0')}${variant}`;
	return word.replace(/^daxv-/i, 'DAXV-');
}

/** Message for a word that names no vector, with the id that was probably meant or the range of ids. */
export function noSuchVector(word: string, ids: readonly string[]): string {
	const [id = '', variant] = fullId(word).split('/');
	const ofVector = ids.filter((each) => each.startsWith(`${id}/`));
	const like =
		variant !== undefined && ofVector.length > 0
			? nearest(`${id}/${variant}`, ofVector)
			: ids.map((each) => each.replace(/\/.*/, '')).find((each) => each === looseId(id));
	const hint = like === undefined ? '' : `: did you mean ${like}?`;
	const all = ids.length > 0 ? `, from ${ids[0]?.slice(0, 9)} to ${ids.at(-1)?.slice(0, 9)}` : '';
	return `"${word}" matches no vector${hint || ':'} see "dax-vectors list"${hint ? '' : all}`;
}

/** DAXV- and the number at the end of a word such as DXAV-0001, with letters that look like digits as these. */
function looseId(word: string): string | undefined {
	const [number] =
		word
			.replaceAll(/o/gi, '0')
			.replaceAll(/[il]/gi, '1')
			.match(/\d{1,4}$/) ?? [];
	return number && `DAXV-${number.padStart(4, '0')}`;
}

/** Returns whether a pattern matches the id of a case, such as DAXV-0001/fs_dax_get. */
export function matches(pattern: string, id: string): boolean {
	const subject = pattern.includes('/') ? id : id.replace(/\/.*$/, '');
	return toRegExp(pattern).test(subject);
}

/** Kept, because a list of known failures asks for each of its patterns at every result. */
const expressions = new Map<string, RegExp>();

function toRegExp(pattern: string): RegExp {
	const known = expressions.get(pattern);
	if (known) return known;
	const source = pattern.replace(/[^*?]/g, (character) => `\\u${hex(character)}`);
	const made = new RegExp(`^${source.replaceAll('*', '[^/]*').replaceAll('?', '[^/]')}$`);
	expressions.set(pattern, made);
	return made;
}

const hex = (character: string): string => character.charCodeAt(0).toString(16).padStart(4, '0');

/**
 * Selects the cases that match any of the patterns and have all of the tags; without patterns, every case with the tags.
 * Throws UsageError if a pattern or the tags select nothing.
 */
export function selectCases(
	cases: readonly Case[],
	words: readonly string[],
	tags: readonly string[] = [],
): Case[] {
	const patterns = words.map(fullId);
	for (const [index, pattern] of patterns.entries())
		if (!cases.some(({ id }) => matches(pattern, id))) {
			const ids = cases.map(({ id }) => id);
			throw new UsageError(noSuchVector(words[index] ?? pattern, ids));
		}
	// Looks at the vector of a case only for a tag: to expand the variants of all takes longer than to select.
	const selected = cases.filter(
		(test) =>
			(patterns.length === 0 || patterns.some((pattern) => matches(pattern, test.id))) &&
			tags.every((tag) => (test.vector.tags as readonly string[]).includes(tag)),
	);
	if (selected.length === 0) {
		const known = [...new Set(cases.flatMap(({ vector }) => vector.tags as readonly string[]))];
		const wrong = tags.find((tag) => !known.includes(tag));
		const like = wrong === undefined ? undefined : nearest(wrong, known);
		const hint = like === undefined ? '' : ` did you mean ${like}?`;
		throw new UsageError(
			`no vector has the tags ${tags.join(' and ')}:${hint} see "dax-vectors list --tags"`,
		);
	}
	return selected;
}
