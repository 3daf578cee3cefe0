// SPDX-License-Identifier: MIT
/** The cache of fetched and compiled files: one folder an entry, in one area for each kind of implementation. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, userInfo } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { notRun } from '../unavailable';
import { contentSums } from './content-sums';
import { makeDraft, removeStaleDrafts } from './drafts';

/** test: files that the tests of this package fetch. */
export type CacheArea = 'kernel' | 'native' | 'test';

/**
 * Areas whose entries are verified before each use. Entries of the others have up to 17,000 files, and a process that
 * reads a truncated one fails with an error, where a process that maps a truncated shared object dies of SIGBUS.
 */
const VERIFIED_AREAS: ReadonlySet<CacheArea> = new Set(['native']);

/** File of a verified entry with the checksums of the others, in the format of sha256sum. */
const SUMS = 'SHA256SUMS';

/** Errors of a full or write-protected file system. */
const WRITE_ERRORS: ReadonlySet<unknown> = new Set(['ENOSPC', 'EDQUOT', 'EROFS', 'EACCES', 'EIO']);

/** The folder of an area. Throws Unavailable where no cache folder is known. */
export function cacheRoot(area: CacheArea): string {
	return join(cacheHome(), 'dax-vectors', area);
}

/** XDG_CACHE_HOME, or ~/.cache. The XDG base directory specification says to ignore a relative path. */
function cacheHome(): string {
	const { XDG_CACHE_HOME: chosen = '' } = process.env;
	if (isAbsolute(chosen)) return chosen;
	const home = [homedir, () => userInfo().homedir].map(attempt).find(isAbsolute);
	if (home === undefined)
		throw notRun('no home folder for the cache: set XDG_CACHE_HOME to an absolute path');
	return join(home, '.cache');
}

/** The result; '' where the system has no such user. */
function attempt(find: () => string): string {
	try {
		return find();
	} catch {
		return '';
	}
}

/**
 * Gives the folder of a cache entry. Where it is missing or damaged, fill() gets a draft folder, which is then renamed to
 * the final one: an interrupted process leaves no incomplete entry, and processes that fill the same entry at the same
 * time end with the same folder. Throws Unavailable where the cache cannot be written, and any other error of fill().
 */
export function cached(
	area: CacheArea,
	name: string,
	fill: (draft: string, folder: string) => void,
): string {
	const root = cacheRoot(area);
	const folder = join(root, name);
	removeStaleDrafts(root);
	if (isComplete(area, folder)) return folder;
	const draft = draftIn(root);
	try {
		fill(draft, folder);
		if (VERIFIED_AREAS.has(area)) writeFileSync(join(draft, SUMS), contentSums(draft, SUMS));
		replace(area, folder, draft);
	} catch (error) {
		if (!isComplete(area, folder))
			throw WRITE_ERRORS.has(codeOf(error)) ? unwritable(error) : error;
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

function isComplete(area: CacheArea, folder: string): boolean {
	if (!VERIFIED_AREAS.has(area)) return existsSync(folder);
	try {
		return readFileSync(join(folder, SUMS), 'utf8') === contentSums(folder, SUMS);
	} catch {
		return false;
	}
}

/**
 * Renames a draft to its entry. A damaged entry moves into a draft of its own first, because rename() replaces no
 * folder.
 */
function replace(area: CacheArea, folder: string, draft: string): void {
	if (existsSync(folder) && !isComplete(area, folder)) {
		const damaged = draftIn(join(folder, '..'));
		try {
			renameSync(folder, join(damaged, 'entry'));
		} catch (error) {
			// Another process has moved the same damaged entry away.
			if (codeOf(error) !== 'ENOENT') throw error;
		} finally {
			rmSync(damaged, { recursive: true, force: true });
		}
	}
	renameSync(draft, folder);
}

function draftIn(root: string): string {
	try {
		return makeDraft(root);
	} catch (error) {
		throw unwritable(error);
	}
}

const codeOf = (error: unknown): unknown => (error as NodeJS.ErrnoException).code;

const unwritable = (error: unknown): Error =>
	notRun(`${(error as Error).message}: set XDG_CACHE_HOME to a folder that can be written`);
