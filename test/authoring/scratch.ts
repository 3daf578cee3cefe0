// SPDX-License-Identifier: MIT
/** A git repository with a kernel tree's drivers/dax in it. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { debianTree } from '../native/debian';
import { editedTree } from '../native/edits';

const env = {
	...process.env,
	GIT_CONFIG_GLOBAL: '/dev/null',
	...Object.fromEntries(
		['AUTHOR', 'COMMITTER'].flatMap((who) => [
			[`GIT_${who}_NAME`, 'Robin Example'],
			[`GIT_${who}_EMAIL`, 'robin@example.org'],
		]),
	),
};

/** Runs git and gives its output. */
export function git(folder: string, args: readonly string[], input = ''): string {
	const { status, stdout, stderr } = spawnSync('git', args, {
		cwd: folder,
		env,
		input,
		encoding: 'utf8',
	});
	if (status !== 0) throw new Error(`git ${args.join(' ')}: ${stderr}${stdout}`);
	return stdout;
}

/** A repository with Debian's 6.12 as its first commit, tagged "base"; the caller removes it. */
export function scratchTree(): string {
	const folder = mkdtempSync(join(tmpdir(), 'dax-scratch-'));
	editedTree(debianTree('6.12'), folder, []);
	git(folder, ['init', '-q']);
	git(folder, ['add', '-A']);
	commit(folder, 'the tree');
	git(folder, ['tag', 'base']);
	return folder;
}

/** Commits the index, even without a change, with the message unchanged. */
export function commit(folder: string, message: string): void {
	git(folder, ['commit', '-q', '--allow-empty', '--cleanup=verbatim', '-F', '-'], message);
}
