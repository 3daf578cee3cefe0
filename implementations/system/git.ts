// SPDX-License-Identifier: MIT
/** Runs git without a shell, and so that no configuration of a tree starts another program or reaches the network. */
import { spawnSync } from 'node:child_process';
import { notRun } from '../unavailable';

const MAX_OUTPUT_BYTES = 256 << 20;

/** A clone that lacks an object asks its remote for it, by a program that the clone's configuration names. */
const SAFE_OPTIONS = [
	'--no-pager',
	'--no-optional-locks',
	'--no-replace-objects',
	...[
		'core.fsmonitor=false',
		'core.hooksPath=/dev/null',
		'protocol.allow=never',
		'log.showSignature=false',
	].flatMap((setting) => ['-c', setting]),
];

/** Variables with which git, when it starts a program, names its repository: the folder names it here. */
const REPOSITORY_VARIABLES = [
	'GIT_DIR',
	'GIT_WORK_TREE',
	'GIT_INDEX_FILE',
	'GIT_OBJECT_DIRECTORY',
	'GIT_ALTERNATE_OBJECT_DIRECTORIES',
	'GIT_COMMON_DIR',
	'GIT_NAMESPACE',
	'GIT_PREFIX',
	'GIT_EXTERNAL_DIFF',
];

export interface GitOptions {
	/** Standard input. */
	readonly input?: string | Buffer;
	/** Additional environment variables. */
	readonly env?: NodeJS.ProcessEnv;
}

export interface GitEnd {
	/** Exit status; null when git was killed. */
	readonly status: number | null;
	readonly stdout: Buffer;
	readonly stderr: string;
}

/** Runs git in a folder until it ends. Throws Unavailable when git cannot be started. */
export function runGit(folder: string, args: readonly string[], options: GitOptions = {}): GitEnd {
	const env: NodeJS.ProcessEnv = {
		...process.env,
		LC_ALL: 'C',
		GIT_TERMINAL_PROMPT: '0',
		GIT_NO_LAZY_FETCH: '1',
		...options.env,
	};
	for (const name of REPOSITORY_VARIABLES) delete env[name];
	const { status, stdout, stderr, error } = spawnSync(
		'git',
		['-C', folder, ...SAFE_OPTIONS, ...args],
		{ env, input: options.input ?? '', maxBuffer: MAX_OUTPUT_BYTES },
	);
	if ((error as NodeJS.ErrnoException | undefined)?.code === 'ENOENT')
		throw notRun('git is not installed: apt-get install git');
	if (error) throw notRun(`git cannot be run: ${error.message}`);
	return { status, stdout, stderr: stderr.toString('utf8').trim() };
}

/** Runs git in a folder and gives its stdout. Throws Unavailable with the message of git. */
export function git(folder: string, args: readonly string[], options?: GitOptions): Buffer {
	const { status, stdout, stderr } = runGit(folder, args, options);
	if (status === 0) return stdout;
	throw notRun(`git says: ${stderr.replace(/^(fatal|error): /, '')}`);
}

/** Environment in which git finds no repository around a folder and reads no configuration. */
export const withoutRepository = (ceiling: string): NodeJS.ProcessEnv => ({
	GIT_CEILING_DIRECTORIES: ceiling,
	GIT_CONFIG_NOSYSTEM: '1',
	GIT_CONFIG_GLOBAL: '/dev/null',
	GIT_CONFIG_COUNT: '0',
});
