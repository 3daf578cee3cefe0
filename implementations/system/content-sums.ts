// SPDX-License-Identifier: MIT
/** Checksums of a folder's files. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

/** The checksums of all files in a folder except one, as sha256sum prints them, sorted by path. */
export function contentSums(folder: string, except: string): string {
	return readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map((entry) => relative(folder, join(entry.parentPath ?? entry.path, entry.name)))
		.filter((path) => path !== except)
		.sort()
		.map((path) => `${sumOf(join(folder, path))}  ${path}\n`)
		.join('');
}

const sumOf = (path: string): string =>
	createHash('sha256').update(readFileSync(path)).digest('hex');
