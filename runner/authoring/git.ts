// SPDX-License-Identifier: MIT
/** Asks git. Nothing that a user says becomes an option, or the line of a shell. */
import { spawnSync } from 'node:child_process';
import { printable } from '../text/printable';
import { UserError } from '../text/user-error';

const MESSAGES = 256 << 20;

/** Runs git in a folder and gives its output. Throws UserError with what git says. */
export function git(folder: string, args: readonly string[]): string {
	const { status, stdout, stderr, error } = spawnSync('git', ['-C', folder, ...args], {
		encoding: 'utf8',
		env: { ...process.env, LC_ALL: 'C' },
		maxBuffer: MESSAGES,
	});
	if ((error as NodeJS.ErrnoException | undefined)?.code === 'ENOENT')
		throw new UserError('there is no git: apt-get install git');
	if (error) throw new UserError(`git cannot be run: ${error.message}`);
	if (status === 0) return stdout;
	throw new UserError(`git says: ${printable(stderr.trim().replace(/^fatal: /, ''))}`);
}

export interface Commit {
	readonly hash: string;
	readonly subject: string;
	readonly message: string;
}

/** The commits of a range whose messages match an extended regular expression, oldest first. */
export function commitsIn(folder: string, range: string, pattern: string): Commit[] {
	if (range.startsWith('-'))
		throw new UserError(`"${range}" is no range of commits: give one such as v7.0..HEAD`);
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
		// What follows would be a path; without it, a range that is none could be taken for one.
		'--',
	]);
	return text
		.split('\0')
		.filter((record) => record !== '')
		.map((record) => {
			const [hash, ...lines] = record.split('\n');
			return { hash: hash!, subject: lines[0]!, message: lines.join('\n') };
		});
}
