// SPDX-License-Identifier: MIT
/** The addon: compiled on first use, because npm's install scripts do not run for everybody. */

/// <reference path="./node-api-headers.d.ts" />
import { join } from 'node:path';
import { include_dir } from 'node-api-headers';
import { cached, hashOf } from '../system/cache';
import { CommandError, command } from '../system/command';
import { notRun } from '../unavailable';
import { contents, machineFolder } from './sources';
import type { Toolchain } from './toolchain';

/** machine/addon.c */
export interface Addon {
	/** Starts the process of a compiled tree and gives the memory that is shared with it. */
	start(path: string): ArrayBuffer;
	/** Has it do what is written there: 0, the signal that it died of, 256 + its exit status, or -1: it stood still. */
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

/** Throws Unavailable. */
export function openAddon({ cc, version }: Toolchain): Addon {
	const sources = contents(machineFolder);
	const folder = cached(
		'native',
		hashOf([...cc, version, process.arch, ...FLAGS, ...sources]),
		(draft) => {
			const files = sources.filter((name) => /^\w+\.c$/.test(name));
			const [program, ...first] = cc as [string, ...string[]];
			try {
				command(program, [
					...first,
					...FLAGS,
					`-I${include_dir}`,
					...files.map((name) => join(machineFolder, name)),
					'-ldl',
					'-o',
					join(draft, 'machine.node'),
				]);
			} catch (error) {
				if (!(error instanceof CommandError)) throw error;
				throw notRun(`the machine does not compile here. ${error.message}`);
			}
		},
	);
	return require(join(folder, 'machine.node')) as Addon;
}
