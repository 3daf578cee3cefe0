// SPDX-License-Identifier: MIT
/** What was compiled before: a folder for everything that a build depends on, named by its hash. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { notRun } from './obstacle';

function root(): string {
	const base = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
	return join(base, 'dax-vectors', 'native');
}

/**
 * Gives the folder of a build, made by build() if it is not there. Whoever is interrupted leaves nothing half done, and
 * two who build the same at once end with the same. Throws ObstacleError where nothing can be written.
 */
export function cached(inputs: readonly string[], build: (folder: string) => void): string {
	const hash = createHash('sha256');
	// Lengths keep inputs apart.
	for (const input of inputs) hash.update(`${Buffer.byteLength(input)}\n`).update(input);
	const folder = join(root(), hash.digest('hex').slice(0, 32));
	if (existsSync(folder)) return folder;

	const draft = makeDraft();
	try {
		build(draft);
		renameSync(draft, folder);
	} catch (error) {
		if (!existsSync(folder)) throw error;
	} finally {
		rmSync(draft, { recursive: true, force: true });
	}
	return folder;
}

function makeDraft(): string {
	try {
		mkdirSync(root(), { recursive: true, mode: 0o700 });
		return mkdtempSync(join(root(), 'draft-'));
	} catch (error) {
		throw notRun(`${(error as Error).message}: set XDG_CACHE_HOME to a folder that can be written`);
	}
}
