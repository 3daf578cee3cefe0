// SPDX-License-Identifier: MIT
/** Programs of this system: where they are, and what they say. */
import { spawnSync } from 'node:child_process';
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

/** Runs a command without a shell and gives its output. Throws CommandError. */
export function command(program: string, args: readonly string[]): string {
	// A compiler that speaks the user's language cannot be understood.
	const env = { ...process.env, LC_ALL: 'C' };
	const { status, stdout, stderr, error } = spawnSync(program, args, {
		encoding: 'utf8',
		env,
		maxBuffer: 64 << 20,
	});
	if (status !== 0) throw new CommandError(program, stderr || String(error ?? status));
	return stdout;
}
