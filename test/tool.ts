// SPDX-License-Identifier: MIT
/** The tool as its users have it: a process of its own, built into dist. */
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { packageRoot } from '../runner/text/package-root';

const cliOf = (root: string): string => join(root, 'dist/runner/cli.js');
const cli = cliOf(packageRoot);

export interface Ended {
	/** null when a signal ended it. */
	readonly code: number | null;
	readonly out: string;
	readonly err: string;
}

/** Colours are for terminals, and tests must not depend on who runs them. */
const env = {
	...process.env,
	NO_COLOR: undefined,
	FORCE_COLOR: undefined,
	NODE_OPTIONS: undefined,
};

export interface Surroundings {
	/** Sees all that it has written so far, each time that it writes. */
	readonly watch?: (out: string, child: ChildProcess) => void;
	/** The same of what it complains or tells of its progress. */
	readonly watchErrors?: (err: string, child: ChildProcess) => void;
	/** Instead of this process's. */
	readonly env?: NodeJS.ProcessEnv;
	/** A copy of the package, instead of itself. */
	readonly root?: string;
	/** Instead of the package's folder. */
	readonly cwd?: string;
}

/** Runs the tool with arguments. */
export function tool(
	args: readonly string[],
	{ watch, watchErrors, env: more = {}, root = packageRoot, cwd = root }: Surroundings = {},
): Promise<Ended> {
	const options = { cwd, env: { ...env, ...more } };
	return ended(spawn(process.execPath, [cliOf(root), ...args], options), watch, watchErrors);
}

/** Runs a line of a shell in which dax-vectors is the tool. */
export function shell(line: string): Promise<Ended> {
	const script = `set -o pipefail; dax-vectors() { "${process.execPath}" "${cli}" "$@"; }; ${line}`;
	return ended(spawn('bash', ['-c', script], { cwd: packageRoot, env }));
}

function ended(
	child: ChildProcess,
	watch?: Surroundings['watch'],
	watchErrors?: Surroundings['watchErrors'],
): Promise<Ended> {
	let out = '';
	let err = '';
	child.stdout!.setEncoding('utf8').on('data', (text: string) => {
		out += text;
		watch?.(out, child);
	});
	child.stderr!.setEncoding('utf8').on('data', (text: string) => {
		err += text;
		watchErrors?.(err, child);
	});
	return new Promise((resolve, reject) => {
		child.on('error', reject);
		child.on('close', (code) => resolve({ code, out, err }));
	});
}
