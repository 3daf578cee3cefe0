// SPDX-License-Identifier: MIT
/** Runs git without a shell. Text from the user never becomes an option. */
import { spawnSync } from 'node:child_process';
import { printable } from '../text/printable';
import { UserError } from '../text/user-error';

/** Bytes of output. */
const MAX_OUTPUT = 256 << 20;

/** Runs git in a folder and gives its output. Throws UserError with the message of git. */
export function git(folder: string, args: readonly string[]): string {
	const { status, stdout, stderr, error } = spawnSync('git', ['-C', folder, ...args], {
		encoding: 'utf8',
		env: { ...process.env, LC_ALL: 'C' },
		maxBuffer: MAX_OUTPUT,
	});
	if ((error as NodeJS.ErrnoException | undefined)?.code === 'ENOENT')
		throw new UserError('git is not installed: apt-get install git');
	if (error) throw new UserError(`git cannot be run: ${error.message}`);
	if (status === 0) return stdout;
	throw new UserError(`git says: ${printable(stderr.trim().replace(/^fatal: /, ''))}`);
}

export interface Commit {
	readonly hash: string;
	readonly subject: string;
	readonly message: string;
}

/** Commits of a range whose messages match an extended regular expression, oldest first. Throws UserError. */
export function commitsIn(folder: string, range: string, pattern: string): Commit[] {
	if (range.startsWith('-'))
		throw new UserError(`"${range}" is not a range of commits: give one such as v7.0..HEAD`);
	const options =
		'-z --reverse --no-color --no-show-signature --no-notes --no-patch --encoding=UTF-8';
	const text = git(folder, [
		'log',
		...options.split(' '),
		'--format=%H%n%B',
		'--extended-regexp',
		`--grep=${pattern}`,
		'--end-of-options',
		range,
		// Without it, git would take a range that does not exist for a path.
		'--',
	]);
	return text
		.split('\0')
		.filter((record) => record !== '')
		.map((record) => {
			const [hash = '', ...lines] = record.split('\n');
			return { hash, subject: lines[0] ?? '', message: lines.join('\n') };
		});
}
