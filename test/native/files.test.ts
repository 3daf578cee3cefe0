// SPDX-License-Identifier: MIT
/** Trees with files that are missing or cannot be read, and paths with special characters, through the command line. */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { needs } from '../needs';
import { tool } from '../tool';
import { debianTree } from './debian';
import { editedTree, SUPER } from './edits';

const DAX_H = 'include/linux/dax.h';
const TREE = needs('cc', 'kernel source');
const KCONFIG_H = 'include/linux/kconfig.h';
const BUS_H = 'drivers/dax/bus.h';

const folder = (): string => mkdtempSync(join(tmpdir(), 'dax-files-'));
/** A path that a quote, a backslash or a newline would break in C or in a shell. */
const SPECIAL = `it's "a\\b"\n$(tree),`;

interface Damage {
	readonly about: string;
	damage(tree: string): void;
	readonly reason: string;
}

const missing = (path: string): Damage => ({
	about: `a missing ${path}`,
	damage: (tree) => rmSync(join(tree, path)),
	reason: `has no ${path}: check the whole tree out`,
});
const directory = (path: string): Damage => ({
	about: `a folder in the place of ${path}`,
	damage: (tree) => {
		rmSync(join(tree, path));
		mkdirSync(join(tree, path));
	},
	reason: `${path} of TREE is a folder: check the tree out again`,
});

const damages: readonly Damage[] = [
	{
		about: 'an empty super.c',
		damage: (tree) => writeFileSync(join(tree, SUPER), '\n'),
		reason: `${SUPER} of TREE is empty: check the tree out again`,
	},
	...[DAX_H, KCONFIG_H].map(missing),
	...[SUPER, DAX_H, KCONFIG_H, BUS_H].map(directory),
	{
		about: 'a file that cannot be read',
		damage: (tree) => {
			rmSync(join(tree, BUS_H));
			symlinkSync('bus.h', join(tree, BUS_H));
		},
		reason: `${BUS_H} of TREE cannot be read (ELOOP): check the tree out again`,
	},
];

for (const { about, damage, reason } of damages)
	t.test(
		`${about} is not-run with the name of the file, and other implementations run`,
		TREE,
		async (t) => {
			const tree = editedTree(debianTree('7.3'), folder(), []);
			damage(tree);
			const { code, out, err } = await tool(['run', '-i', `native:${tree}`, 'DAXV-0004']);
			t.equal(code, 125);
			t.equal((out + err).split(reason.replace('TREE', tree)).length, 2, 'the reason appears once');
			const both = await tool([
				'run',
				'-i',
				`native:${tree}`,
				'-i',
				'reference',
				'DAXV-0004',
				'--reporter',
				'json',
			]);
			t.equal(both.code, 125);
			t.match(both.out, /"verdict":"pass"/);
			t.match(both.out, /"verdict":"not-run"/);
		},
	);

t.test('judges a tree whose Makefile is a folder and whose .git is empty', TREE, async (t) => {
	const tree = editedTree(debianTree('7.3'), folder(), []);
	mkdirSync(join(tree, 'Makefile'));
	mkdirSync(join(tree, '.git'));
	t.match(await tool(['run', '-i', `native:${tree}`, 'DAXV-0004']), { code: 0, err: '' });
});

t.test('a path with quotes and newlines, for the tree and for the cache', TREE, async (t) => {
	const tree = join(folder(), SPECIAL);
	editedTree(debianTree('7.3'), tree, []);
	const env = { XDG_CACHE_HOME: join(folder(), SPECIAL) };
	t.match(await tool(['run', '-i', `native:${tree}`, 'DAXV-0004'], { env }), { code: 0, err: '' });
});
