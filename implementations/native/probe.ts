// SPDX-License-Identifier: MIT
/** Finds the parts of the contract that a kernel tree has, from its files, never from a version. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { notRun, skip } from '../unavailable';
import { calls } from './abi';

export interface Tree {
	readonly folder: string;
	/** Contents of the compiled files, by path within the tree. */
	readonly files: ReadonlyMap<string, string>;
	/** Compiler options that define the found parts for shim/tree.c. */
	readonly defines: readonly string[];
}

export const SUPER = 'drivers/dax/super.c';
export const DAX_H = 'include/linux/dax.h';
export const KCONFIG_H = 'include/linux/kconfig.h';

/** Reads a tree. Throws Unavailable for a folder without super.c, or a tree from before holders. */
export function readTree(folder: string): Tree {
	const files = readFiles(folder);
	return { folder, files, defines: probe(files) };
}

function readFiles(folder: string): Tree['files'] {
	if (!existsSync(join(folder, SUPER)))
		throw notRun(`${folder} has no ${SUPER}: give the path of a kernel tree`);
	const headers = readdirSync(join(folder, 'drivers/dax'))
		.filter((name) => name.endsWith('.h'))
		.map((name) => `drivers/dax/${name}`);
	const paths = [SUPER, DAX_H, KCONFIG_H, ...headers.sort()];
	return new Map(
		paths
			.filter((path) => existsSync(join(folder, path)))
			.map((path) => [path, readFileSync(join(folder, path), 'utf8')]),
	);
}

function probe(files: Tree['files']): string[] {
	const source = withoutComments(files.get(SUPER) ?? '');
	if (!/\bholder_data\b/.test(source))
		throw skip('a tree from before v6.0: no holders, which came with 8012b8660855');
	// A static function cannot be called from outside: dax_dev_get() was static before v7.1.
	const has = (name: string): boolean =>
		new RegExp(`^(?!\\s|static\\b).*\\b${name}\\s*\\([^;{}]*\\)\\s*\\{`, 'm').test(source);
	const driver = withoutComments(files.get('drivers/dax/bus.h') ?? '');
	const fsdev = /\bDAXDRV_FSDEV_TYPE\b/.test(driver) && /#include "bus.h"/.test(source);
	const options = new Set([
		...['CONFIG_BLOCK', 'CONFIG_DAX', 'CONFIG_FS_DAX', 'CONFIG_MEMORY_FAILURE'],
		...(source.match(/\bCONFIG_\w*DAX\w*/g) ?? []),
	]);
	return [
		...calls.filter(has).map((name) => `-DDV_HAVE_${name.toUpperCase()}`),
		...(fsdev ? ['-DDV_HAVE_FSDEV'] : []),
		...[...options].map((option) => `-D${option}=1`),
		'-D__KERNEL__',
	];
}

const withoutComments = (source: string): string => source.replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, ' ');
