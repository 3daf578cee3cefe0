// SPDX-License-Identifier: MIT
/** Describes the revision of a kernel tree, for reports. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { runGit } from '../system/git';
import { DAX_H, SUPER } from './probe';
import { blobsAt, type Revision } from './revision-files';

/** Release and commit where the tree has them, and the hash of its super.c. */
export function revisionOf(path: string): string {
	const folder = resolve(path);
	return joined(releaseOf(folder), commitOf(folder), folder);
}

/** The same for a commit whose files lie in a folder. */
export function describeRevision(revision: Revision, folder: string): string {
	const [makefile] = blobsAt(revision, ['Makefile']);
	const read = makefile && runGit(revision.repository, ['cat-file', 'blob', makefile.object]);
	const release = read?.status === 0 ? releaseIn(read.stdout.toString('utf8')) : undefined;
	return joined(release, `commit ${revision.commit.slice(0, 12)}`, folder);
}

function joined(release: string | undefined, commit: string | undefined, folder: string): string {
	const hash = createHash('sha256')
		.update(readFileSync(join(folder, SUPER)))
		.digest('hex');
	return [release, commit, `super.c sha256 ${hash.slice(0, 12)}`].filter(Boolean).join(', ');
}

/** Release from the first lines of the Makefile: VERSION, PATCHLEVEL, SUBLEVEL, EXTRAVERSION. */
function releaseOf(folder: string): string | undefined {
	const makefile = join(folder, 'Makefile');
	return statSync(makefile, { throwIfNoEntry: false })?.isFile()
		? releaseIn(readFileSync(makefile, 'utf8'))
		: undefined;
}

function releaseIn(makefile: string): string | undefined {
	const text = makefile.slice(0, 2_000);
	const value = (name: string) => new RegExp(`^${name} *=[ \\t]*(.*)$`, 'm').exec(text)?.[1];
	const [major, minor, patch, extra = ''] = [
		'VERSION',
		'PATCHLEVEL',
		'SUBLEVEL',
		'EXTRAVERSION',
	].map(value);
	return major && minor ? `Linux ${major}.${minor}.${patch ?? 0}${extra}` : undefined;
}

/** Commit of a tree that is a repository of its own; a tree may also lie inside another repository. */
function commitOf(folder: string): string | undefined {
	if (!existsSync(join(folder, '.git'))) return undefined;
	const git = (...args: string[]) => runGit(folder, args);
	const { status, stdout } = git('rev-parse', '--short=12', 'HEAD');
	if (status !== 0) return undefined;
	const comparison = ['diff', '--quiet', '--no-ext-diff', '--no-textconv', 'HEAD', '--'];
	const changed = git(...comparison, SUPER, DAX_H).status === 1;
	return `commit ${stdout.toString('utf8').trim()}${changed ? ' with changes' : ''}`;
}
