// SPDX-License-Identifier: MIT
/** Vectors that a command line names: ids, globs, and files anywhere. */
import { type Case, compile } from '../library/compile';
import { type Library, openLibrary } from '../library/library';
import { loadVector, type VectorFile } from '../library/load';
import { fullId, noSuchVector, selectCases } from '../library/select';
import { printable } from '../text/printable';
import type { Terminal } from '../text/terminal';
import { UsageError } from '../text/user-error';

/** Opens the library of the package, and prints a line about each draft that it leaves out. */
export async function openOwnLibrary({ error }: Pick<Terminal, 'error'>): Promise<Library> {
	const library = await openLibrary();
	for (const file of library.drafts)
		error(`left out, unfinished: ${printable(file)}; see "dax-vectors lint ${printable(file)}"`);
	return library;
}

/** True for a word that names a file, not an id. */
export const isVectorFile = (word: string): boolean => /\.ya?ml$/.test(word);

/** The cases that words name; without words, those of the library. Throws UsageError, InvalidFile. */
export function casesOf(
	library: readonly Case[],
	words: readonly string[],
	tags: readonly string[] = [],
): readonly Case[] {
	const files = words.filter(isVectorFile).flatMap((file) => compile(loadVector(file)));
	const ids = words.filter((word) => !isVectorFile(word));
	if (files.length === 0) return selectCases(library, ids, tags);
	return ids.length === 0 ? files : [...files, ...selectCases(library, ids, tags)];
}

/** The vector of an id or a file. Throws UsageError, InvalidFile. */
export function vectorFileOf({ files }: Library, word: string): VectorFile {
	if (isVectorFile(word)) return loadVector(word);
	const found = files.find(({ vector }) => vector.id === fullId(word));
	if (found) return found;
	const ids = files.map(({ vector }) => vector.id);
	throw new UsageError(noSuchVector(word, ids));
}
