// SPDX-License-Identifier: MIT
/** Programs of this system: where they are, and what they say. */
import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Programs for administrators are often not on the path of others. */
const MORE = ['/usr/sbin', '/sbin'];

/** Where a program is; undefined when it is not there. */
export function findTool(name: string): string | undefined {
	const folders = [...(process.env.PATH ?? '').split(delimiter), ...MORE];
	return folders
		.map((folder) => join(folder, name))
		.find((path) => {
			try {
				accessSync(path, constants.X_OK);
				return true;
			} catch {
				return false;
			}
		});
}

/** A command that failed, and what it said. */
export class CommandError extends Error {
	constructor(
		command: string,
		readonly output: string,
	) {
		super(`${command} failed:\n${output}`);
	}
}

/** Processes of a program that may be killed before its end is told as it was. */
const LIVES = 10;

/**
 * Runs a program without a shell until it ends. One that was killed is run again: somebody else did that, as the kernel
 * does out of memory, and it says nothing of what the program was asked.
 */
export function run(
	program: string,
	args: readonly string[],
	cwd?: string,
): SpawnSyncReturns<string> {
	// A compiler that speaks the user's language cannot be understood.
	const env = { ...process.env, LC_ALL: 'C' };
	for (let deaths = 1; ; deaths++) {
		const end = spawnSync(program, args, { cwd, encoding: 'utf8', env, maxBuffer: 64 << 20 });
		if (end.signal !== 'SIGKILL' || deaths === LIVES) return end;
	}
}

/** Runs a program, in a folder if one is given, and gives its output. Throws CommandError. */
export function command(program: string, args: readonly string[], cwd?: string): string {
	const { status, signal, stdout, stderr, error } = run(program, args, cwd);
	if (status !== 0) throw new CommandError(program, stderr || String(error ?? signal ?? status));
	return stdout;
}
