// SPDX-License-Identifier: MIT
/** Runs git without a shell. Text from the user never becomes an option. */
import { git as runGit } from '../../implementations/system/git';
import { Unavailable } from '../registry';
import { printable } from '../text/printable';
import { UserError } from '../text/user-error';

/** Runs git in a folder and gives its output. Throws UserError with the message of git. */
export function git(folder: string, args: readonly string[]): string {
	try {
		return runGit(folder, args).toString('utf8');
	} catch (error) {
		if (!(error instanceof Unavailable)) throw error;
		throw new UserError(printable(error.message));
	}
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
