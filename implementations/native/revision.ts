// SPDX-License-Identifier: MIT
/** Describes the revision of a kernel tree, for reports. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { run } from '../system/command';
import { DAX_H, SUPER } from './probe';

/** Release and commit where the tree has them, and the hash of its super.c. */
export function revisionOf(path: string): string {
	const folder = resolve(path);
	const hash = createHash('sha256')
		.update(readFileSync(join(folder, SUPER)))
		.digest('hex');
	return [releaseOf(folder), commitOf(folder), `super.c sha256 ${hash.slice(0, 12)}`]
		.filter(Boolean)
		.join(', ');
}

/** Release from the first lines of the Makefile: VERSION, PATCHLEVEL, SUBLEVEL, EXTRAVERSION. */
function releaseOf(folder: string): string | undefined {
	const makefile = join(folder, 'Makefile');
	if (!existsSync(makefile)) return undefined;
	const text = readFileSync(makefile, 'utf8').slice(0, 2_000);
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
	// core.fsmonitor in the tree's configuration could name a program, which git would run.
	const git = (...args: string[]) =>
		run('git', ['-C', folder, '-c', 'core.fsmonitor=false', ...args]);
	const { status, stdout } = git('rev-parse', '--short=12', 'HEAD');
	if (status !== 0) return undefined;
	const changed =
		git('diff', '--quiet', '--no-ext-diff', '--no-textconv', 'HEAD', '--', SUPER, DAX_H).status ===
		1;
	return `commit ${stdout.trim()}${changed ? ' with changes' : ''}`;
}
