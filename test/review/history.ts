// SPDX-License-Identifier: MIT
/** Git histories of kernel source, made at test time from Debian's files and edits of them. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { debianTree } from '../native/debian';
import { apply, type Edit, editedTree, SUPER } from '../native/edits';
import { putOfV1, putOfV3, putOfV4 } from '../native/revisions';

const folders: string[] = [];
process.on('exit', () => {
	for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** Makes a folder that is deleted when the test ends. */
export function temporary(name: string): string {
	const folder = mkdtempSync(join(tmpdir(), `dax-${name}-`));
	folders.push(folder);
	return folder;
}

/** Environment of commits that are the same on every machine. */
const env = {
	...process.env,
	GIT_CONFIG_GLOBAL: '/dev/null',
	GIT_CONFIG_NOSYSTEM: '1',
	...Object.fromEntries(
		['AUTHOR', 'COMMITTER'].flatMap((who) => [
			[`GIT_${who}_NAME`, 'Test Author'],
			[`GIT_${who}_EMAIL`, 'author@example.org'],
			[`GIT_${who}_DATE`, '2026-05-30T12:00:00Z'],
		]),
	),
};

/** Runs git in a folder; gives its stdout. Throws Error with the message of git. */
export function git(folder: string, ...args: string[]): string {
	const { status, stdout, stderr } = spawnSync('git', ['-C', folder, ...args], {
		encoding: 'utf8',
		env,
		maxBuffer: 256 << 20,
	});
	if (status !== 0) throw new Error(`git ${args.join(' ')}: ${stderr}${stdout}`);
	return stdout;
}

/** A commit: its subject, and the contents of the files that it changes. */
export interface Change {
	readonly subject: string;
	readonly edits?: readonly Edit[];
	readonly files?: Readonly<Record<string, string>>;
	/** A tree whose drivers/dax and include take the place of those before. */
	readonly release?: string;
}

export class History {
	readonly folder = temporary('history');

	/** Begins with the files of a tree in one commit. */
	constructor(tree = debianTree('6.12')) {
		editedTree(tree, this.folder, []);
		const makefile = 'VERSION = 6\nPATCHLEVEL = 12\nSUBLEVEL = 117\nEXTRAVERSION =\n';
		this.write({ Makefile: makefile, 'fs/dax.c': 'int unrelated;\n' });
		git(this.folder, 'init', '-q', '-b', 'main');
		this.commit('the files of a release');
	}

	/** Makes a commit; gives its full hash. */
	change({ subject, edits = [], files = {}, release }: Change): string {
		if (release !== undefined) {
			for (const part of ['drivers', 'include'])
				rmSync(join(this.folder, part), { recursive: true });
			editedTree(release, this.folder, []);
		}
		for (const edit of edits) {
			const path = join(this.folder, edit.file ?? SUPER);
			writeFileSync(path, apply(readFileSync(path, 'utf8'), edit));
		}
		this.write(files);
		return this.commit(subject);
	}

	/** Writes the commits of a range as mails into a new folder; gives the paths. */
	formatPatch(range: string, ...options: string[]): string[] {
		const out = temporary('series');
		return git(this.folder, 'format-patch', '-o', out, ...options, range)
			.trim()
			.split('\n');
	}

	private write(files: Readonly<Record<string, string>>): void {
		for (const [path, text] of Object.entries(files)) {
			mkdirSync(dirname(join(this.folder, path)), { recursive: true });
			writeFileSync(join(this.folder, path), text);
		}
	}

	private commit(subject: string): string {
		git(this.folder, 'add', '-A');
		git(
			this.folder,
			'commit',
			'-q',
			'--allow-empty',
			'-m',
			subject,
			'-m',
			'Said why.\n\nFrom here on.',
		);
		return git(this.folder, 'rev-parse', 'HEAD').trim();
	}
}

export const comment = (text: string): Edit => ({
	from: 'MODULE_AUTHOR("Intel Corporation");\n',
	to: `/* ${text} */\nMODULE_AUTHOR("Intel Corporation");\n`,
});

/** Replaces the body of fs_put_dax() of an edit by that of another one. */
const then = (before: Edit, after: Edit): Edit => ({ ...after, from: before.to });

export const putFixes = {
	v1: putOfV1,
	v3: putOfV3,
	v4: putOfV4,
	fromV1toV3: then(putOfV1, putOfV3),
	fromV3toV4: then(putOfV3, putOfV4),
} as const;

/** Nine patches, of which the seventh fixes the put/get race and warns on a supported removal. */
export const seriesOfV3: readonly Change[] = [
	{ subject: 'dax: say who wrote it', edits: [comment('one')] },
	{ subject: 'fs: dax: an unrelated change', files: { 'fs/dax.c': 'int related;\n' } },
	{
		subject: 'dax: bus: a change that is not compiled',
		files: { 'drivers/dax/new.c': 'int x;\n' },
	},
	{ subject: 'dax: a second comment', edits: [comment('two')] },
	{ subject: 'mm: another file', files: { 'mm/new.c': 'int y;\n' } },
	{ subject: 'dax: a third comment', edits: [comment('three')] },
	{ subject: 'dax: fix holder_ops race in fs_put_dax()', edits: [putOfV3] },
	{ subject: 'dax: a fourth comment', edits: [comment('four')] },
	{ subject: 'dax: a fifth comment', edits: [comment('five')] },
];
