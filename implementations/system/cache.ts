// SPDX-License-Identifier: MIT
/** What was fetched or compiled before: one folder for each thing, in a room for each kind of implementation. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { notRun } from '../unavailable';

/** test is for what the tests of this package fetch. */
export type CacheArea = 'kernel' | 'native' | 'test';

/** The folder of a room. */
export function cacheRoot(room: CacheArea): string {
	const base = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
	return join(base, 'dax-vectors', room);
}

/**
 * Gives a folder of the cache, filled by fill() if it is not there. fill() is told where the folder will be. Whoever is
 * interrupted leaves nothing half done, and two who fill the same at once end with the same. Throws Unavailable where
 * nothing can be written.
 */
export function cached(
	room: CacheArea,
	name: string,
	fill: (draft: string, folder: string) => void,
): string {
	const folder = join(cacheRoot(room), name);
	if (existsSync(folder)) return folder;
	const draft = makeDraft(room);
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

/** A name for what depends on all of these. */
export function hashOf(inputs: readonly (string | Buffer)[]): string {
	const hash = createHash('sha256');
	// Lengths keep inputs apart.
	for (const input of inputs) hash.update(`${Buffer.byteLength(input)}\n`).update(input);
	return hash.digest('hex').slice(0, 32);
}

function makeDraft(room: CacheArea): string {
	try {
		mkdirSync(cacheRoot(room), { recursive: true, mode: 0o700 });
		return mkdtempSync(join(cacheRoot(room), 'draft-'));
	} catch (error) {
		throw notRun(`${(error as Error).message}: set XDG_CACHE_HOME to a folder that can be written`);
	}
}
