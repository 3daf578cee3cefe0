// SPDX-License-Identifier: MIT
/** Compiles the machine and the addon that starts it on first use, because many users disable npm's install scripts. */

/// <reference path="./node-api-headers.d.ts" />
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { include_dir } from 'node-api-headers';
import { cached, hashOf } from '../system/cache';
import { command } from '../system/command';
import { notRun } from '../unavailable';
import type { SystemCalls } from './names';
import { addonFolder, contents, machineFolder } from './sources';
import type { Toolchain } from './toolchain';

/** addon/addon.c */
export interface Addon {
	/**
	 * Starts a process for a compiled tree, as a command to which the number of this process is appended, and gives the
	 * memory shared with it.
	 */
	start(object: string, command: readonly string[]): ArrayBuffer;
	/**
	 * Executes the request in that memory. Gives 0, the signal that ended the process, 256 + its exit status, or -1 for a
	 * process that made no progress and was killed.
	 */
	request(memory: ArrayBuffer): number;
	stop(memory: ArrayBuffer): void;
}

export interface Machine {
	readonly addon: Addon;
	/** The command that runs a tree, without its arguments: machine/main.c, perhaps under an emulator. */
	readonly command: readonly string[];
	readonly systemCalls: SystemCalls;
}

const COMMON_FLAGS = ['-std=gnu11', '-O2', '-fno-stack-protector', '-pthread', '-D_GNU_SOURCE='];
const ADDON_FLAGS = ['-fPIC', '-shared', '-fvisibility=hidden', `-I${include_dir}`];
const MACHINE_FLAGS = ['-fPIE', '-pie'];

const ADDON = 'addon.node';
const MACHINE = 'machine';
const SYSTEM_CALLS = 'system-calls.json';

/** Opens the machine from the cache, compiling it if need be. Throws Unavailable. */
export function openMachine(toolchain: Toolchain): Machine {
	const folder = machineBuild(toolchain);
	const calls = readFileSync(join(folder, SYSTEM_CALLS), 'utf8');
	return {
		addon: load(join(folder, ADDON)),
		command: [join(folder, MACHINE)],
		systemCalls: JSON.parse(calls) as SystemCalls,
	};
}

function machineBuild({ cc: [program, ...first], version }: Toolchain): string {
	const cc = (args: readonly string[]) =>
		command(program, [...first, ...args], {
			explain: (output) =>
				`the machine does not compile with ${program}: install the C library's headers, or choose a compiler with CC\n${output}`,
		});
	const flags = [...COMMON_FLAGS, ...ADDON_FLAGS, ...MACHINE_FLAGS];
	const sources = [...contents(addonFolder), ...contents(machineFolder)];
	const name = hashOf([program, ...first, version, process.arch, ...flags, ...sources]);
	return cached('native', name, (draft) => {
		const addon = [...filesIn(addonFolder), join(machineFolder, 'channel.c')];
		cc([...COMMON_FLAGS, ...ADDON_FLAGS, ...asOneFile(addon), '-o', join(draft, ADDON)]);
		const machine = asOneFile(filesIn(machineFolder));
		cc([...COMMON_FLAGS, ...MACHINE_FLAGS, ...machine, '-o', join(draft, MACHINE)]);
		const macros = cc(['-E', '-dM', ...asOneFile(['sys/syscall.h'])]);
		writeFileSync(join(draft, SYSTEM_CALLS), JSON.stringify(systemCallsIn(macros)));
	});
}

/** Options that compile several files as one, because each takes its share of reading headers. */
const asOneFile = (files: readonly string[]): string[] => [
	...files.flatMap((file) => ['-include', file]),
	...['-x', 'c', '/dev/null'],
];

const filesIn = (folder: string): string[] =>
	contents(folder)
		.filter((name) => /^\w+\.c$/.test(name))
		.map((name) => join(folder, name));

/** Names of system calls by number, from the macros of sys/syscall.h, such as "#define __NR_openat 257". */
const systemCallsIn = (macros: string): SystemCalls =>
	Object.fromEntries(
		[...macros.matchAll(/^#define __NR\d*_(\w+) (\d+)$/gm)].map(([, name, number]) => [
			number,
			name,
		]),
	);

function load(path: string): Addon {
	try {
		return require(path) as Addon;
	} catch (error) {
		throw notRun(
			`${(error as Error).message}: set XDG_CACHE_HOME to a folder that is not mounted noexec`,
		);
	}
}
