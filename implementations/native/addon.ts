// SPDX-License-Identifier: MIT
/** Compiles and loads the addon on first use, because many users disable npm's install scripts. */

/// <reference path="./node-api-headers.d.ts" />
import { join } from 'node:path';
import { include_dir } from 'node-api-headers';
import { cached, hashOf } from '../system/cache';
import { command } from '../system/command';
import { notRun } from '../unavailable';
import { addonFolder, contents, machineFolder } from './sources';
import type { Toolchain } from './toolchain';

/** addon/addon.c */
export interface Addon {
	/** Starts the process of a compiled tree and gives the memory shared with it. */
	start(path: string): ArrayBuffer;
	/**
	 * Executes the request in that memory. Gives 0, the signal that ended the process, 256 + its exit status, or -1 for a
	 * process that made no progress and was killed.
	 */
	request(memory: ArrayBuffer): number;
	stop(memory: ArrayBuffer): void;
}

const FLAGS = [
	'-std=gnu11',
	'-O2',
	'-fPIC',
	'-shared',
	'-fvisibility=hidden',
	'-fno-stack-protector',
	'-pthread',
];

/** Loads the addon from the cache, compiling it if need be. Throws Unavailable. */
export function openAddon({ cc, version }: Toolchain): Addon {
	const folders = [addonFolder, machineFolder];
	const sources = folders.flatMap(contents);
	const folder = cached(
		'native',
		hashOf([...cc, version, process.arch, ...FLAGS, ...sources]),
		(draft) => {
			const files = folders.flatMap((folder) =>
				contents(folder)
					.filter((name) => /^\w+\.c$/.test(name))
					.map((name) => join(folder, name)),
			);
			const [program, ...first] = cc;
			command(
				program,
				[
					...first,
					...FLAGS,
					`-I${include_dir}`,
					...files,
					'-ldl',
					'-o',
					join(draft, 'machine.node'),
				],
				{
					explain: (output) =>
						`the addon does not compile with ${program}: install the C library's headers, or choose a compiler with CC\n${output}`,
				},
			);
		},
	);
	return load(join(folder, 'machine.node'));
}

function load(path: string): Addon {
	try {
		return require(path) as Addon;
	} catch (error) {
		throw notRun(
			`${(error as Error).message}: set XDG_CACHE_HOME to a folder that is not mounted noexec`,
		);
	}
}
