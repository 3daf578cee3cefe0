// SPDX-License-Identifier: MIT
/** A kernel tree whose own drivers/dax/super.c is compiled into the module (module/super.c). */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { CallName } from '../../schema/types/common';
import { moduleCalls } from '../calls';
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

/** Calls of the driver core, which the module stands in for: they only change what fs_dax_get() looks at. */
const BINDINGS: readonly string[] = ['device_driver_attach', 'device_release_driver'];

/** Calls of drivers of disks. The module sets the fields that they change. */
const DISKS: readonly string[] = ['queue_limits_set', 'bdev_add_partition'];

/** Functions for callers that are built into the kernel. */
const NOT_EXPORTED: readonly string[] = ['dax_copy_from_iter', 'dax_copy_to_iter'];

/** Exported functions that only some trees have. */
const OPTIONAL = ['fs_dax_get', 'dax_set_ops', 'dax_dev_get'] as const;

/** Words of super.c that some kernels lack, with the header where others have them; module/super.c defines them. */
const WORDS = [
	['MF_MEM_PRE_REMOVE', 'linux/mm.h'],
	['SLAB_MEM_SPREAD', 'linux/slab.h'],
	['cpu_dcache_is_aliasing', 'linux/cacheinfo.h'],
	['dax_mem2blk_err', 'linux/dax.h'],
	['generic_delete_inode', 'linux/fs.h'],
	['inode_just_drop', 'linux/fs.h'],
	['inode_state_read_once', 'linux/fs.h'],
	['pfn_t', 'linux/pfn_t.h'],
] as const;

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
	const bus = files.get(`${FOLDER}/bus.h`) ?? '';
	const fsdev = /\bDAXDRV_FSDEV_TYPE\b/.test(bus) && /#include "bus.h"/.test(source);
	const calls = new Set([
		...exportsIn(source),
		...NOT_EXPORTED,
		...DISKS,
		...(fsdev ? BINDINGS : []),
	]);
	return { folder, files, calls: moduleCalls.filter((name) => calls.has(name)), fsdev };
}

/** Compiler options that describe the tree and the kernel to module/super.c. */
export function superDefines(tree: SuperTree, { headers }: KernelBuild): string[] {
	const missing = WORDS.filter(
		([word, header]) => !new RegExp(`\\b${word}\\b`).test(headerText(headers, header) ?? ''),
	);
	return [
		...OPTIONAL.filter((name) => tree.calls.includes(name)).map((name) => `-DDV_HAVE_${name}`),
		...(tree.fsdev ? ['-DDV_HAVE_FSDEV'] : []),
		...missing.map(([word]) => `-DDV_NEEDS_${word}`),
	];
}

/**
 * Writes the tree's files into the folder tree/, names.h, prototypes.h and redirects.h beside it, and an empty file into
 * missing/ for each header that the tree names and the kernel lacks.
 */
export function writeSuperTree({ files }: SuperTree, folder: string, kernel: KernelBuild): void {
	mkdirSync(join(folder, 'tree'));
	for (const [path, text] of files) writeFileSync(join(folder, 'tree', basename(path)), text);
	for (const header of [...files.values()].flatMap(headersIn)) {
		if (headerText(kernel.headers, header) !== undefined) continue;
		const path = join(folder, 'missing', header);
		mkdirSync(dirname(path), { recursive: true });
		writeFileSync(path, '');
	}
	const source = files.get(SUPER)!;
	const names = exportsIn(source);
	const declared = headerText(kernel.headers, 'linux/dax.h') ?? '';
	const statics = staticsIn(source).filter((name) => new RegExp(`\\b${name}\\(`).test(declared));
	const defines = [...names, ...statics].map((name) => `#define ${name} ut_${name}\n`).join('');
	const head = '/* SPDX-License-Identifier: GPL-2.0-only */\n';
	writeFileSync(join(folder, 'names.h'), `${head}#ifndef DV_NO_NAMES\n${defines}#endif\n`);
	const targets = names.map((name) => `void ut_${name}(void);\n`).join('');
	const redirects = names.map((name) => `DV_REDIRECT(${name})\n`).join('');
	const either = `#ifndef DV_REDIRECT\n${targets}#else\n${redirects}#endif\n`;
	writeFileSync(join(folder, 'redirects.h'), head + either);
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

/** Functions that one file defines static; another kernel may declare them in a header. */
const staticsIn = (source: string): string[] =>
	[...source.matchAll(/^static [^\n;{}()=]*?(\w+)\(/gm)].map(([, name]) => name!);

const headersIn = (source: string): string[] =>
	[...source.matchAll(/^#include <(linux\/[\w/-]+\.h)>/gm)].map(([, header]) => header!);

/** Text of a header of a build, whose Makefile may name the source folder; undefined where there is none. */
function headerText(build: string, header: string): string | undefined {
	const makefile = existsSync(join(build, 'Makefile'))
		? readFileSync(join(build, 'Makefile'), 'utf8')
		: '';
	const source = /^include (.*)\/Makefile$/m.exec(makefile)?.[1] ?? build;
	const path = join(source, 'include', header);
	return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}
