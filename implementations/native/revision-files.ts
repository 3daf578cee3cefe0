// SPDX-License-Identifier: MIT
/**
 * Files of a kernel tree out of git objects: LINUX@REV without a checkout. A bare clone will do, and so will a partial
 * one that has the objects.
 */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { cached, hashOf } from '../system/cache';
import { git, runGit } from '../system/git';
import { notRun } from '../unavailable';
import { DAX_H, KCONFIG_H, SUPER } from './probe';

/** Folder and files that hold everything a tree is compiled from. */
export const TREE_PATHS = ['drivers/dax', DAX_H, KCONFIG_H] as const;

/** True for a file that is compiled, by its path within a tree. */
export const isCompiled = (path: string): boolean =>
	path === SUPER || path === DAX_H || path === KCONFIG_H || /^drivers\/dax\/[^/]+\.h$/.test(path);

export interface Revision {
	/** Folder of the repository. */
	readonly repository: string;
	/** As written: a commit, tag or branch; the end of a range. */
	readonly name: string;
	/** Full hash. */
	readonly commit: string;
}

/** Resolves a name in the repository of a folder; of a range, its end. Throws Unavailable. */
export function resolveRevision(repository: string, given: string): Revision {
	const name = given.replace(/^.*?\.\.\.?/s, '') || 'HEAD';
	if (!existsSync(repository))
		throw notRun(`${repository} does not exist: give the path of a clone of Linux`);
	// An option is not a name.
	const { status, stdout, stderr } = name.startsWith('-')
		? { status: 1, stdout: '', stderr: '' }
		: runGit(repository, ['rev-parse', '--verify', `${name}^{commit}`]);
	if (status === 0) return { repository, name, commit: stdout.toString('utf8').trim() };
	if (/not a git repository|dubious ownership|detected/.test(stderr))
		throw notRun(`git says: ${stderr.split('\n')[0]?.replace(/^fatal: /, '')}`);
	throw notRun(`${repository} has no commit "${name}": git -C ${repository} fetch gets new ones`);
}

export interface Blob {
	readonly path: string;
	/** Hash of its contents. */
	readonly object: string;
}

/** Regular files of a commit below some paths, with their paths within the tree. Throws Unavailable. */
export function blobsAt(
	{ repository, commit }: Revision,
	paths: readonly string[] = TREE_PATHS,
): Blob[] {
	return git(repository, ['ls-tree', '-r', '-z', commit, '--', ...paths])
		.toString('utf8')
		.split('\0')
		.flatMap((entry) => {
			const [, object, path] = /^100\d{3} blob ([0-9a-f]+)\t(.*)$/s.exec(entry) ?? [];
			return object === undefined || path === undefined ? [] : [{ path, object }];
		});
}

/** Contents of blobs by path. Throws Unavailable when one is missing, as in a partial clone. */
export function readBlobs(repository: string, blobs: readonly Blob[]): Map<string, Buffer> {
	const input = blobs.map(({ object }) => `${object}\n`).join('');
	const { status, stdout, stderr } = runGit(repository, ['cat-file', '--batch'], { input });
	const missing = (path: string) =>
		notRun(
			`${repository} lacks the contents of ${path}: git -C ${repository} fetch --refetch gets them (${stderr.split('\n')[0] || `git ended with ${status}`})`,
		);
	const files = new Map<string, Buffer>();
	let offset = 0;
	for (const { path, object } of blobs) {
		const end = stdout.indexOf('\n', offset);
		const [name, type, size] = stdout.toString('latin1', offset, Math.max(end, offset)).split(' ');
		if (end < 0 || name !== object || type !== 'blob') throw missing(path);
		const start = end + 1;
		files.set(path, stdout.subarray(start, start + Number(size)));
		// A newline follows the contents.
		offset = start + Number(size) + 1;
	}
	return files;
}

/** Writes files into a folder. */
export function writeFiles(folder: string, files: ReadonlyMap<string, Buffer>): void {
	for (const [path, bytes] of files) {
		// A tree object may have any name.
		if (path.split('/').some((name) => name === '..' || name === '.git'))
			throw notRun(`the revision has a file ${JSON.stringify(path)}, which leads out of its tree`);
		const file = join(folder, path);
		mkdirSync(dirname(file), { recursive: true });
		writeFileSync(file, bytes);
	}
}

/**
 * A folder of the cache with the files of a revision that are compiled: the same one for equal files. Throws
 * Unavailable.
 */
export function revisionFolder(revision: Revision): string {
	const blobs = blobsAt(revision).filter(({ path }) => isCompiled(path));
	if (!blobs.some(({ path }) => path === SUPER))
		throw notRun(
			`${revision.name} of ${revision.repository} has no ${SUPER}: give a clone of Linux`,
		);
	const name = `tree-${hashOf(blobs.flatMap(({ path, object }) => [path, object]))}`;
	return cached('native', name, (draft) =>
		writeFiles(draft, readBlobs(revision.repository, blobs)),
	);
}

/** Splits LINUX@REV; undefined for a path that exists or names no revision. */
export function splitAddress(path: string): { repository: string; name: string } | undefined {
	if (existsSync(path)) return undefined;
	for (let at = path.indexOf('@'); at > 0; at = path.indexOf('@', at + 1)) {
		const repository = path.slice(0, at);
		if (existsSync(repository)) return { repository, name: path.slice(at + 1) || 'HEAD' };
	}
	return undefined;
}
