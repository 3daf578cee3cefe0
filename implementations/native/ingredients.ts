// SPDX-License-Identifier: MIT
/** Lists what a build of a tree depends on, for its name in the cache. */
import { readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import {
	ASSEMBLER_FLAGS,
	ASSEMBLY_FLAGS,
	CHECK_FLAGS,
	COMMON_FLAGS,
	INSTRUMENTATION,
	LINK_FLAGS,
	MESSAGE_FLAGS,
	PLUGIN_FLAGS,
	REPLACED_FLAGS,
	SHIM_FLAGS,
	TREE_FLAGS,
} from './flags';
import type { Tree } from './probe';
import { contents, machineFolder, shimFolder } from './sources';
import type { Toolchain } from './toolchain';

/** Code that decides what a build has. */
const CODE = [
	'compile',
	'compiler',
	'foreign-files',
	'unknown-words',
	'replacements',
	'functions',
	'lines',
];

/** Inputs of a build besides the tree's files. */
export function ingredients(
	{ defines }: Tree,
	{ cc, version, family }: Toolchain,
): (string | Buffer)[] {
	return [
		...cc,
		version,
		...COMMON_FLAGS,
		...TREE_FLAGS,
		...INSTRUMENTATION[family],
		...defines,
		...CHECK_FLAGS[family],
		...MESSAGE_FLAGS[family],
		...ASSEMBLY_FLAGS[family],
		...ASSEMBLER_FLAGS[family],
		...PLUGIN_FLAGS[family],
		...REPLACED_FLAGS,
		...SHIM_FLAGS,
		...LINK_FLAGS,
		...CODE.map((name) => readFileSync(join(__dirname, `${name}${extname(__filename)}`))),
		...contents(shimFolder),
		// The shim includes headers of the machine.
		...contents(machineFolder),
	];
}
