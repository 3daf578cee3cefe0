// SPDX-License-Identifier: MIT
/** The library as cases, and the selection that a command line asks for. */

import { UserError } from '../text/user-error';
import { type Case, compile } from './compile';
import { loadLibrary, type VectorFile } from './load';
import { matches } from './select';

export interface Library {
	readonly files: readonly VectorFile[];
	readonly cases: readonly Case[];
}

/** The library of the package, or that of a folder; throws InvalidFile with everything that is wrong. */
export async function openLibrary(folder?: string): Promise<Library> {
	const files = await loadLibrary(folder);
	return { files, cases: files.flatMap(compile) };
}

/** The cases that any pattern matches and that have every tag; throws UserError when a pattern or tag finds none. */
export function select(
	cases: readonly Case[],
	patterns: readonly string[],
	tags: readonly string[],
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
