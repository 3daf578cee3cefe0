// SPDX-License-Identifier: MIT
/** Finds the parts of the contract that a kernel tree has, from its files, never from a version. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CallName } from '../../schema/types/common';
import { notRun, skip } from '../unavailable';
import { calls } from './abi';
import { bodyOf, type FunctionText, functionsIn, withoutComments } from './functions';
import { signatureOf } from './signatures';

/** Reasons for calls that a tree lacks, where the absence of a function is not the reason. */
export type Missing = Partial<Record<CallName, string>>;

export interface Tree {
	readonly folder: string;
	/** Contents of the compiled files, by path within the tree. */
	readonly files: ReadonlyMap<string, string>;
	/** Compiler options that define the found parts for shim/tree.c. */
	readonly defines: readonly string[];
	readonly missing: Missing;
}

export const SUPER = 'drivers/dax/super.c';
export const DAX_H = 'include/linux/dax.h';
export const KCONFIG_H = 'include/linux/kconfig.h';

/** Reads a tree. Throws Unavailable for a folder without the files of a tree, or a tree from before holders. */
export function readTree(folder: string): Tree {
	const files = readFiles(folder);
	return { folder, files, ...probe(files) };
}

function readFiles(folder: string): Tree['files'] {
	if (!existsSync(join(folder, SUPER)))
		throw notRun(`${folder} has no ${SUPER}: give the path of a kernel tree`);
	const source = readFile(folder, SUPER);
	if (source.trim() === '')
		throw notRun(`${SUPER} of ${folder} is empty: check the tree out again`);
	const dax = required(folder, DAX_H);
	const headers = headersIn(folder).map((path) => [path, readFile(folder, path)] as const);
	const files = new Map([[SUPER, source], [DAX_H, dax], ...headers]);
	const needsKconfig = [...files.values()].some((text) =>
		/\bIS_(?:ENABLED|REACHABLE)\b/.test(text),
	);
	if (needsKconfig || existsSync(join(folder, KCONFIG_H)))
		files.set(KCONFIG_H, required(folder, KCONFIG_H));
	return files;
}

function headersIn(folder: string): string[] {
	const names = readdirSync(join(folder, 'drivers/dax')).filter((name) => name.endsWith('.h'));
	return names.sort().map((name) => `drivers/dax/${name}`);
}

function required(folder: string, path: string): string {
	if (existsSync(join(folder, path))) return readFile(folder, path);
	throw notRun(`${folder} has no ${path}: check the whole tree out`);
}

/** The contents of a file. Throws Unavailable for a folder, or a file that cannot be read. */
function readFile(folder: string, path: string): string {
	try {
		return readFileSync(join(folder, path), 'utf8');
	} catch (error) {
		const { code, message } = error as NodeJS.ErrnoException;
		const problem = code === 'EISDIR' ? 'is a folder' : `cannot be read (${code ?? message})`;
		throw notRun(`${path} of ${folder} ${problem}: check the tree out again`);
	}
}

/** A call that shim/tree.c makes while it boots. */
const BOOT_CALL: CallName = 'alloc_dax';

/** Calls that vectors make on a device without dax_operations. */
const NEEDS_NO_OPS: readonly CallName[] = [
	'dax_set_ops',
	'dax_direct_access',
	'dax_zero_page_range',
	'dax_recovery_write',
];

function probe(files: Tree['files']): Pick<Tree, 'defines' | 'missing'> {
	const source = withoutComments(files.get(SUPER) ?? '');
	if (!/\bholder_data\b/.test(source))
		throw skip('a tree from before v6.0: no holders, which came with 8012b8660855');
	// A static function cannot be called from outside: dax_dev_get() was static before v7.1.
	const functions = new Map(
		functionsIn(source)
			.filter(({ isStatic }) => !isStatic)
			.map((each) => [each.name, each]),
	);
	const driver = withoutComments(files.get('drivers/dax/bus.h') ?? '');
	const fsdev = /\bDAXDRV_FSDEV_TYPE\b/.test(driver) && /#include "bus.h"/.test(source);
	const options = new Set([
		...['CONFIG_BLOCK', 'CONFIG_DAX', 'CONFIG_FS_DAX', 'CONFIG_MEMORY_FAILURE'],
		...(source.match(/\bCONFIG_\w*DAX\w*/g) ?? []),
	]);
	const { defines, missing } = callsOf(source, functions);
	return {
		defines: [
			...defines,
			...(fsdev ? ['-DDV_HAVE_FSDEV'] : []),
			...[...options].map((option) => `-D${option}=1`),
			'-D__KERNEL__',
		],
		missing,
	};
}

function callsOf(
	source: string,
	functions: ReadonlyMap<string, FunctionText>,
): { defines: string[]; missing: Missing } {
	const defines: string[] = [];
	const missing: Missing = {};
	const needsOps = demandsOps(source, functions.get('fs_dax_get'));
	if (needsOps) defines.push('-DDV_NEEDS_DEVICE_OPS');
	for (const call of calls) {
		const found = functions.get(call);
		if (!found) continue;
		const { other, unknown } = signatureOf(call, found);
		if (unknown !== undefined) {
			missing[call] = `this tree's has another signature, ${unknown}`;
			if (call === BOOT_CALL)
				throw skip(`${call}() of this tree has another signature, ${unknown}`);
		} else if (needsOps && NEEDS_NO_OPS.includes(call)) {
			missing[call] = 'fs_dax_get() of this tree needs a device that has dax_operations already';
		} else {
			const name = call.toUpperCase();
			defines.push(`-DDV_HAVE_${name}`);
			if (other !== undefined) defines.push(`-DDV_${name}_ARGUMENTS=${other}`);
		}
	}
	return { defines, missing };
}

/** True for an fs_dax_get() that refuses a device without dax_operations, as one posted series has it. */
const demandsOps = (source: string, get: FunctionText | undefined): boolean =>
	get !== undefined && /->ops\b/.test(bodyOf(source, get));
