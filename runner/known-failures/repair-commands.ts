// SPDX-License-Identifier: MIT
/** The commands that repair a list of known failures, as its complaints give them. */
import { basename, dirname, join, relative } from 'node:path';
import type { Diagnostic } from '../library/diagnostic';
import { libraryFolder } from '../library/library';
import { shellWord } from '../text/shell-word';

/** The lists that come with the package. */
export const ownLists = join(libraryFolder, 'known-failures');

/** Only a person knows what is missing: the command opens the file where it is. */
export function withEditor(diagnostic: Diagnostic): Diagnostic {
	const { file, line, hint } = diagnostic;
	return {
		...diagnostic,
		hint: `${hint} There: \${EDITOR:-vi} +${Math.max(line, 1)} ${shellWord(file)}`,
	};
}

/** Where a run can tell what is wrong with a list. */
export function updateCommand(file: string, address = addressOf(basename(file, '.yaml'))): string {
	const own = dirname(file) === ownLists;
	const tree = address.startsWith('native:');
	const list = own ? basename(file, '.yaml') : relative(process.cwd(), file);
	// A tree of the user's has no list by itself: the one that was given is given again.
	const given = own && !tree ? '' : ` --known-failures ${shellWord(list)}`;
	return `dax-vectors run --implementation ${shellWord(address)}${given} --update-known-failures`;
}

/** A list that comes with the package is that of a revision, or of a file that Debian ships. */
function addressOf(target: string): string {
	if (target.startsWith('debian-')) return 'native:LINUX';
	return target === 'merged' ? 'reference' : `reference:${target}`;
}
