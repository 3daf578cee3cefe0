// SPDX-License-Identifier: MIT
/** The cache of fetched and compiled files: one folder an entry, in one area for each kind of implementation. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { notRun } from '../unavailable';

/** test: files that the tests of this package fetch. */
export type CacheArea = 'kernel' | 'native' | 'test';

/** The folder of an area. */
export function cacheRoot(area: CacheArea): string {
	const base = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
	return join(base, 'dax-vectors', area);
}

/**
 * Gives the folder of a cache entry. Where it is missing, fill() gets a draft folder, which is then renamed to the final
 * one: an interrupted process leaves no incomplete entry, and processes that fill the same entry at the same time end
 * with the same folder. Throws Unavailable where the cache cannot be written, and any error of fill().
 */
export function cached(
	area: CacheArea,
	name: string,
	fill: (draft: string, folder: string) => void,
): string {
	const folder = join(cacheRoot(area), name);
	if (existsSync(folder)) return folder;
	const draft = makeDraft(area);
	try {
		fill(draft, folder);
		renameSync(draft, folder);
	} catch (error) {
		if (!existsSync(folder)) throw error;
	} finally {
		rmSync(draft, { recursive: true, force: true });
	}
	return folder;
}

/** Names a cache entry after all inputs that it depends on. */
export function hashOf(inputs: readonly (string | Buffer)[]): string {
	const hash = createHash('sha256');
	// Lengths separate the inputs: ["ab"] and ["a", "b"] differ.
	for (const input of inputs) hash.update(`${Buffer.byteLength(input)}\n`).update(input);
	return hash.digest('hex').slice(0, 32);
}

function makeDraft(area: CacheArea): string {
	try {
		mkdirSync(cacheRoot(area), { recursive: true, mode: 0o700 });
		return mkdtempSync(join(cacheRoot(area), 'draft-'));
	} catch (error) {
		throw notRun(`${(error as Error).message}: set XDG_CACHE_HOME to a folder that can be written`);
	}
}
