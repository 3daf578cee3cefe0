// SPDX-License-Identifier: MIT
/** The tree that a series applies to: a commit of a repository, or the files of a folder. */
import { existsSync, lstatSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { notRun, Unavailable } from '../registry';
import {
	blobsAt,
	type Revision,
	readBlobs,
	resolveRevision,
	SUPER,
	TREE_PATHS,
} from '../registry/trees';

/** Bytes of a file that is read: the largest one of drivers/dax has some ten thousand. */
const MAX_FILE_BYTES = 4 << 20;

export interface Base {
	/** Such as "v7.3 (3f9a2c1b4d5e)" or "the files of linux". */
	readonly description: string;
	/** Full hash; undefined for the files of a folder. */
	readonly commit: string | undefined;
	/** Why it is this one. */
	readonly reason: string;
	/** Contents by path: drivers/dax and the headers that are compiled. */
	readonly files: ReadonlyMap<string, Buffer>;
	/** One more file of the same tree; undefined when the tree has none. */
	read(path: string): Buffer | undefined;
}

/** The base that is asked for, else the one that the series names, else HEAD, else the files. Throws Unavailable. */
export function openBase(linux: string, asked?: string, named?: string): Base {
	if (asked !== undefined) return atRevision(resolveRevision(linux, asked), 'as asked for');
	if (named !== undefined)
		try {
			return atRevision(resolveRevision(linux, named), 'the base-commit of the series');
		} catch (error) {
			if (!(error instanceof Unavailable)) throw error;
		}
	const why =
		named === undefined
			? 'the series names no base-commit'
			: `${linux} lacks ${named.slice(0, 12)}, the base-commit of the series`;
	const head = headOf(linux);
	return head ? atRevision(head, why) : inFolder(linux, why);
}

/** HEAD, if the folder is a repository that has the files. */
function headOf(linux: string): Revision | undefined {
	try {
		const head = resolveRevision(linux, 'HEAD');
		return blobsAt(head, [SUPER]).length > 0 ? head : undefined;
	} catch (error) {
		if (!(error instanceof Unavailable)) throw error;
		return undefined;
	}
}

function atRevision(revision: Revision, reason: string): Base {
	const { repository, name, commit } = revision;
	const read = (paths: readonly string[]) => readBlobs(repository, blobsAt(revision, paths));
	const short = commit.slice(0, 12);
	return {
		description: commit.startsWith(name) ? short : `${name} (${short})`,
		commit,
		reason,
		files: read(TREE_PATHS),
		// A patch names the path.
		read: (path) => (isInner(path) ? read([path]).get(path) : undefined),
	};
}

/** True for a path that stays within the tree. */
const isInner = (path: string): boolean => !path.startsWith('/') && !path.split('/').includes('..');

/** True for a path that leads, with all links resolved, to a place within a folder. */
function isWithin(folder: string, path: string): boolean {
	const inner = relative(realpathSync(folder), realpathSync(path));
	return inner !== '..' && !inner.startsWith(`..${sep}`);
}

function inFolder(linux: string, reason: string): Base {
	const files = new Map<string, Buffer>();
	const visit = (path: string): void => {
		const full = join(linux, path);
		if (!existsSync(full)) return;
		if (!isWithin(linux, full))
			throw notRun(
				`${full} leads out of ${linux} as a symbolic link: give a tree that holds its files`,
			);
		const found = lstatSync(full);
		if (found.isDirectory()) for (const name of readdirSync(full)) visit(join(path, name));
		if (found.isFile() && found.size <= MAX_FILE_BYTES) files.set(path, readFileSync(full));
	};
	TREE_PATHS.forEach(visit);
	return {
		description: `the files of ${linux}`,
		commit: undefined,
		reason,
		files,
		read: () => undefined,
	};
}
