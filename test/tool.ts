// SPDX-License-Identifier: MIT
/** Runs the built command line, in a process of its own or in that of the test. */
import { type ChildProcess, spawn } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { join } from 'node:path';
import { runCommandLine } from '../runner/commands/command-line';
import { packageRoot } from '../runner/text/package-root';
import { openTerminal } from '../runner/text/terminal';

const cliOf = (root: string): string => join(root, 'dist/runner/cli.js');
const cli = cliOf(packageRoot);

export interface Ended {
	/** Exit code; null after a signal. */
	readonly code: number | null;
	readonly out: string;
	readonly err: string;
}

/** Removes variables that would change the output with the user's environment. */
const env = {
	...process.env,
	NO_COLOR: undefined,
	FORCE_COLOR: undefined,
	NODE_OPTIONS: undefined,
};

export interface Surroundings {
	/** Called with the whole stdout so far, after each write. */
	readonly watch?: (out: string, child: ChildProcess) => void;
	/** Called with the whole stderr so far, after each write. */
	readonly watchErrors?: (err: string, child: ChildProcess) => void;
	/** Additional environment variables. */
	readonly env?: NodeJS.ProcessEnv;
	/** Folder of a copy of the package to run. */
	readonly root?: string;
	/** Working directory; default: the package's folder. */
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

/**
 * Runs the tool with arguments in this process, which takes a tenth of the time. For commands that only answer: one that
 * runs vectors or writes files handles signals and relies on its working directory.
 */
export async function toolHere(args: readonly string[]): Promise<Ended> {
	const [out, err] = [new Written(), new Written()];
	const code = await runCommandLine(
		args,
		openTerminal({ stdout: out, stderr: err, env: {} }, true),
	);
	return { code, out: out.text, err: err.text };
}

/** A stream that keeps what is written to it. */
class Written extends EventEmitter {
	readonly isTTY = false;
	readonly columns = 0;
	text = '';

	write(text: string): boolean {
		this.text += text;
		return true;
	}
}

/** Starts the tool, for a test that ends it. */
export const spawnTool = (
	args: readonly string[],
	{ env: more = {} }: Surroundings,
): ChildProcess =>
	spawn(process.execPath, [cli, ...args], { cwd: packageRoot, env: { ...env, ...more } });

/** Runs a shell line in which dax-vectors is the built command. */
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
