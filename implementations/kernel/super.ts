// SPDX-License-Identifier: MIT
/** A kernel tree whose own drivers/dax/super.c goes into the module: module/super.c. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import type { CallName } from '../../schema/types/common';
import { holderCalls as calls } from '../calls';
import { notRun, skip } from '../unavailable';
import type { KernelBuild } from './kernel-build';

export interface SuperTree {
	readonly folder: string;
	/** Its files by their path within it. */
	readonly files: ReadonlyMap<string, string>;
	readonly calls: readonly CallName[];
	/** Does it ask for a dev_dax that is bound (v7.1)? */
	readonly fsdev: boolean;
}

const FOLDER = 'drivers/dax';
const SUPER = `${FOLDER}/super.c`;

/** Words of super.c that came later than some kernels have them. */
const LATER = ['inode_just_drop', 'inode_state_read_once'] as const;

/** Throws Unavailable. */
export function readSuperTree(path: string): SuperTree {
	const folder = resolve(path);
	if (!existsSync(join(folder, SUPER)))
		throw notRun(`${folder} has no ${SUPER}: give the path of a kernel tree`);
	const headers = readdirSync(join(folder, FOLDER)).filter((name) => name.endsWith('.h'));
	const paths = [SUPER, ...headers.sort().map((name) => `${FOLDER}/${name}`)];
	const files = new Map(paths.map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
	const source = files.get(SUPER)!;
	if (!/\bholder_data\b/.test(source))
		throw skip('a tree from before v6.0: no holders (8012b8660855 brought them)');
	const driver = files.get(`${FOLDER}/bus.h`) ?? '';
	const exported = new Set(exportsIn(source));
	return {
		folder,
		files,
		calls: calls.filter((name) => exported.has(name)),
		fsdev: /\bDAXDRV_FSDEV_TYPE\b/.test(driver) && /#include "bus.h"/.test(source),
	};
}

/** What module/super.c has to know of the tree and of the kernel that it goes into. */
export function superDefines(tree: SuperTree, { headers }: KernelBuild): string[] {
	const known = headersText(headers);
	return [
		...(tree.calls.includes('fs_dax_get') ? ['-DDV_HAVE_FS_DAX_GET'] : []),
		...(tree.fsdev ? ['-DDV_HAVE_FSDEV'] : []),
		...LATER.filter((name) => !known.includes(name)).map((name) => `-DDV_NEEDS_${name}`),
	];
}

/** Writes the tree's files into a folder tree/, and names.h beside it. */
export function writeSuperTree({ files }: SuperTree, folder: string): void {
	mkdirSync(join(folder, 'tree'));
	for (const [path, text] of files) writeFileSync(join(folder, 'tree', basename(path)), text);
	const source = files.get(SUPER)!;
	const names = exportsIn(source);
	const defines = names.map((name) => `#define ${name} ut_${name}\n`).join('');
	const head = '/* SPDX-License-Identifier: GPL-2.0-only */\n';
	writeFileSync(join(folder, 'names.h'), `${head}#ifndef DV_NO_NAMES\n${defines}#endif\n`);
	const prototypes = names.flatMap((name) => prototypeOf(source, name) ?? []).join('');
	writeFileSync(join(folder, 'prototypes.h'), head + prototypes);
}

/** The declaration of a function that a source defines: the kernel's own header may have another. */
function prototypeOf(source: string, name: string): string | undefined {
	const definition = new RegExp(`^\\w[^\\n;{}()]*\\b${name}\\([^;{}]*\\)(?=\\s*\\{)`, 'm');
	const [found] = definition.exec(source) ?? [];
	return found && !found.startsWith('static') ? `${found};\n` : undefined;
}

const exportsIn = (source: string): string[] =>
	[...source.matchAll(/^EXPORT_SYMBOL(?:_GPL)?\((\w+)\)/gm)].map(([, name]) => name!);

/** include/linux/fs.h of a build, which may say in its Makefile where its source is. */
function headersText(build: string): string {
	const makefile = existsSync(join(build, 'Makefile'))
		? readFileSync(join(build, 'Makefile'), 'utf8')
		: '';
	const source = /^include (.*)\/Makefile$/m.exec(makefile)?.[1] ?? build;
	const path = join(source, 'include/linux/fs.h');
	return existsSync(path) ? readFileSync(path, 'utf8') : '';
}
