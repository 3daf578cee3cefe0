// SPDX-License-Identifier: MIT
/** A kernel tree whose own drivers/dax/super.c is compiled into the module (module/super.c). */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import type { CallName } from '../../schema/types/common';
import { holderCalls as calls } from '../calls';
import { notRun, skip } from '../unavailable';
import type { KernelBuild } from './kernel-build';

export interface SuperTree {
	readonly folder: string;
	/** Contents of its files, by path within the tree. */
	readonly files: ReadonlyMap<string, string>;
	readonly calls: readonly CallName[];
	/** True if fs_dax_get() requires a bound dev_dax (v7.1). */
	readonly fsdev: boolean;
}

const FOLDER = 'drivers/dax';
const SUPER = `${FOLDER}/super.c`;

/** Functions that super.c may call and older kernels lack. */
const LATER = ['inode_just_drop', 'inode_state_read_once'] as const;

/** Reads the files of a tree that the module needs. Throws Unavailable. */
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

/** Compiler options that describe the tree and the kernel to module/super.c. */
export function superDefines(tree: SuperTree, { headers }: KernelBuild): string[] {
	const known = headersText(headers);
	return [
		...(tree.calls.includes('fs_dax_get') ? ['-DDV_HAVE_FS_DAX_GET'] : []),
		...(tree.fsdev ? ['-DDV_HAVE_FSDEV'] : []),
		...LATER.filter((name) => !known.includes(name)).map((name) => `-DDV_NEEDS_${name}`),
	];
}

/** Writes the tree's files into the folder tree/, and names.h and prototypes.h beside it. */
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

/** The declaration of a function that super.c defines: the running kernel's header may declare it differently. */
function prototypeOf(source: string, name: string): string | undefined {
	const definition = new RegExp(`^\\w[^\\n;{}()]*\\b${name}\\([^;{}]*\\)(?=\\s*\\{)`, 'm');
	const [found] = definition.exec(source) ?? [];
	return found && !found.startsWith('static') ? `${found};\n` : undefined;
}

const exportsIn = (source: string): string[] =>
	[...source.matchAll(/^EXPORT_SYMBOL(?:_GPL)?\((\w+)\)/gm)].map(([, name]) => name!);

/** Text of include/linux/fs.h of a build, whose Makefile may name the source folder. */
function headersText(build: string): string {
	const makefile = existsSync(join(build, 'Makefile'))
		? readFileSync(join(build, 'Makefile'), 'utf8')
		: '';
	const source = /^include (.*)\/Makefile$/m.exec(makefile)?.[1] ?? build;
	const path = join(source, 'include/linux/fs.h');
	return existsSync(path) ? readFileSync(path, 'utf8') : '';
}
