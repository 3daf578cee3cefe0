// SPDX-License-Identifier: MIT
/** Commits of a range that touch what is compiled, in first-parent order. */
import { hashOf } from '../../implementations/system/cache';
import { git, runGit } from '../../implementations/system/git';
import {
	blobsAt,
	isCompiled,
	resolveRevision,
	revisionFolder,
	SUPER,
	TREE_PATHS,
} from '../registry/trees';
import { UserError } from '../text/user-error';

export interface Commit {
	/** Full hash. */
	readonly hash: string;
	readonly subject: string;
	/** Full hashes. */
	readonly parents: string[];
}

/** A state of the files that are compiled. */
export interface Point {
	/** Commit that made the state; undefined for the state before the range. */
	readonly commit: Commit | undefined;
	/** Commit to read the files from. */
	readonly at: string;
	/** Equal for equal files; undefined without super.c. */
	readonly key: string | undefined;
}

export interface CommitRange {
	/** Commits that touch the folder or its headers. */
	readonly commits: number;
	/** States in order, each unlike the one before. */
	readonly points: readonly Point[];
}

const FORMAT = '--format=%H%x00%P%x00%s';
const LOG_OPTIONS = ['--no-color', '--no-show-signature', '--no-notes', '--encoding=UTF-8'];

/** Reads a range such as v6.12..v7.3, or everything up to one revision. Throws UserError, Unavailable. */
export function readRange(linux: string, range: string): CommitRange {
	const commits = log(linux, revisionsOf(linux, range));
	const [oldest] = commits;
	if (!oldest) throw new UserError(`no commit of ${range} touches ${TREE_PATHS.join(', ')}`);
	return { commits: commits.length, points: pointsOf(linux, commits, oldest.parents[0]) };
}

/** Reads the side branch that a merge brings in as its parent with an index from 1. */
export function readBranch(linux: string, { parents }: Commit, index: number): CommitRange {
	const [mainline = '', branch = ''] = [parents[0], parents[index]];
	const commits = log(linux, [branch, `^${mainline}`]);
	const [oldest] = commits;
	const points = oldest ? pointsOf(linux, commits, oldest.parents[0]) : [];
	return { commits: commits.length, points };
}

/** Revisions as full hashes, so that no name of the user becomes an option. */
function revisionsOf(linux: string, range: string): string[] {
	const [, from, to] = /^(.*?)\.\.(?!\.)(.*)$/s.exec(range) ?? [];
	if (from === undefined) return [resolveRevision(linux, range).commit];
	const end = resolveRevision(linux, to || 'HEAD').commit;
	return [end, `^${resolveRevision(linux, from || 'HEAD').commit}`];
}

function log(linux: string, revisions: readonly string[]): Commit[] {
	const args = ['log', '-z', '--reverse', '--first-parent', ...LOG_OPTIONS, FORMAT, ...revisions];
	const fields = git(linux, [...args, '--', ...TREE_PATHS])
		.toString('utf8')
		.split('\0');
	const commits: Commit[] = [];
	for (let index = 0; index + 2 < fields.length; index += 3) {
		const [hash = '', parents = '', subject = ''] = fields.slice(index, index + 3);
		commits.push({ hash, parents: parents.split(' ').filter(Boolean), subject });
	}
	return commits;
}

function pointsOf(linux: string, commits: readonly Commit[], before: string | undefined): Point[] {
	const states: Point[] = [
		...(before === undefined ? [] : [{ commit: undefined, at: before, key: keyAt(linux, before) }]),
		...commits.map((commit) => ({ commit, at: commit.hash, key: keyAt(linux, commit.hash) })),
	];
	return states.filter(({ key }, index) => index === 0 || key !== states[index - 1]?.key);
}

function keyAt(repository: string, commit: string): string | undefined {
	const blobs = blobsAt({ repository, name: commit, commit }).filter(({ path }) =>
		isCompiled(path),
	);
	if (!blobs.some(({ path }) => path === SUPER)) return undefined;
	return hashOf(blobs.flatMap(({ path, object }) => [path, object]));
}

/** Folder with the files of a point. Throws Unavailable. */
export const folderOf = (repository: string, { at }: Point): string =>
	revisionFolder({ repository, name: at.slice(0, 12), commit: at });

/** Line for a commit message, as checkpatch.pl accepts it; longer than 12 digits where these are not unique. */
export function fixesLine(linux: string, { hash, subject }: Commit): string {
	const { status, stdout } = runGit(linux, ['rev-parse', '--short=12', hash]);
	const short = status === 0 ? stdout.toString('utf8').trim() : hash.slice(0, 12);
	return `Fixes: ${short} ("${subject}")`;
}
