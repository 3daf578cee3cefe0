// SPDX-License-Identifier: MIT
import { mkdirSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/**
 * Makes a folder and those above it, in single steps: the recursive mkdir of Node.js never returns where the system
 * answers ENOENT below a folder that exists, as /proc does. Throws the error of the system.
 */
export function makeFolder(folder: string, mode?: number): void {
	const missing: string[] = [];
	for (let path = resolve(folder); !isFolder(path); path = dirname(path)) missing.unshift(path);
	for (const path of missing)
		try {
			mkdirSync(path, { mode });
		} catch (error) {
			// Another process made the same folder.
			if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || !isFolder(path)) throw error;
		}
}

/** Throws ENOTDIR for a path through a file, so that the walk upwards ends at an error or at the root. */
const isFolder = (path: string): boolean =>
	statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
