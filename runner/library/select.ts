// SPDX-License-Identifier: MIT
/** Selects cases by ids and globs: DAXV-0001 and DAXV-00* are all variants, DAXV-0001/fs_dax_get is one. */
import { UserError } from '../text/user-error';
import type { Case } from './compile';

/** Returns whether a pattern matches the id of a case, such as DAXV-0001/fs_dax_get. */
export function matches(pattern: string, id: string): boolean {
	const subject = pattern.includes('/') ? id : id.replace(/\/.*$/, '');
	return toRegExp(pattern).test(subject);
}

function toRegExp(pattern: string): RegExp {
	const source = pattern.replace(/[^*?]/g, (character) => `\\u${hex(character)}`);
	return new RegExp(`^${source.replaceAll('*', '[^/]*').replaceAll('?', '[^/]')}$`);
}

const hex = (character: string): string => character.charCodeAt(0).toString(16).padStart(4, '0');

/**
 * Selects the cases that match any of the patterns and have all of the tags; without patterns, every case with the tags.
 * Throws UserError if a pattern or the tags select nothing.
 */
export function selectCases(
	cases: readonly Case[],
	patterns: readonly string[],
	tags: readonly string[] = [],
): Case[] {
	for (const pattern of patterns)
		if (!cases.some(({ id }) => matches(pattern, id)))
			throw new UserError(`"${pattern}" matches no vector: see "dax-vectors list"`);
	const selected = cases.filter(
		({ id, vector }) =>
			(patterns.length === 0 || patterns.some((pattern) => matches(pattern, id))) &&
			tags.every((tag) => (vector.tags as readonly string[]).includes(tag)),
	);
	if (selected.length === 0)
		throw new UserError(`no vector has the tags ${tags.join(' and ')}: see "dax-vectors list"`);
	return selected;
}
