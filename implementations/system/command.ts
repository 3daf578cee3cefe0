// SPDX-License-Identifier: MIT
/** Finds and runs programs of this system. */
import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { notRun } from '../unavailable';

/** Folders of programs for administrators, which the PATH of other users often lacks. */
const ADMIN_FOLDERS = ['/usr/sbin', '/sbin'];

const MAX_OUTPUT_BYTES = 64 << 20;

/** The path of a program; undefined when it is not installed. */
export function findTool(name: string): string | undefined {
	const folders = [...(process.env.PATH ?? '').split(delimiter), ...ADMIN_FOLDERS];
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

/** Runs a program without a shell until it ends. */
export function run(
	program: string,
	args: readonly string[],
	cwd?: string,
): SpawnSyncReturns<string> {
	// The runner reads messages of compilers, so they must be in English.
	const env = { ...process.env, LC_ALL: 'C' };
	return spawnSync(program, args, { cwd, encoding: 'utf8', env, maxBuffer: MAX_OUTPUT_BYTES });
}

export interface CommandOptions {
	readonly cwd?: string;
	/** Converts the stderr of a failed program to a reason that says what to do next. */
	explain?(output: string): string;
}

/** Runs a program and gives its stdout. Throws Unavailable when it fails or is killed. */
export function command(
	program: string,
	args: readonly string[],
	{ cwd, explain = (output) => `${program} failed:\n${output}` }: CommandOptions = {},
): string {
	const ended = run(program, args, cwd);
	const messages = failureOf(program, ended);
	if (messages === undefined) return ended.stdout;
	throw notRun(explain(messages));
}

/** Sizes are in units of 512 bytes and of 1 kB. A limit that is lower already stays. */
const SCRIPT =
	'for limit in "-t 60" "-f 131072" "-v 2097152" "-c 0"; do ulimit $limit 2>/dev/null; done; exec "$@"';

/**
 * Runs a program with at most 60 s of processor time, 2 GB of memory and files of 64 MB. Gives its stderr, and whether it
 * failed. Throws Unavailable when it is killed.
 */
export function runLimited(
	program: string,
	args: readonly string[],
): { failed: boolean; messages: string } {
	const ended = run('sh', ['-c', SCRIPT, 'sh', program, ...args]);
	const messages = failureOf(program, ended);
	return { failed: messages !== undefined, messages: messages ?? ended.stderr };
}

function failureOf(
	program: string,
	{ status, signal, stderr, error }: SpawnSyncReturns<string>,
): string | undefined {
	if (status === 0) return undefined;
	// When a signal kills a program that a compiler or make started, they exit with an ordinary error.
	const killer = signal ?? (/\bKilled\b/.test(stderr) ? 'SIGKILL' : null);
	if (killer)
		throw notRun(`${program} was killed by ${killer}: check that memory is left, then run again`);
	return stderr || String(error?.message ?? status);
}
