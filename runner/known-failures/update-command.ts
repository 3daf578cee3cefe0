// SPDX-License-Identifier: MIT
/** Makes the command that updates a list of known failures, for hints. */
import { basename, dirname, join, relative } from 'node:path';
import { MERGED } from '../../implementations/revision-names';
import { libraryFolder } from '../library/library';
import { shellWord } from '../text/shell-word';

/** Folder of the lists of the package. */
export const ownLists = join(libraryFolder, 'known-failures');

/** Returns the command that updates a list; the address is guessed from the target if there was no run. */
export function updateCommand(file: string, address = addressOf(basename(file, '.yaml'))): string {
	const own = dirname(file) === ownLists;
	const tree = address.startsWith('native:');
	const list = own ? basename(file, '.yaml') : relative(process.cwd(), file);
	// native:LINUX uses no list by default.
	const option = own && !tree ? '' : ` --known-failures ${shellWord(list)}`;
	return `dax-vectors run --implementation ${shellWord(address)}${option} --update-known-failures`;
}

/** Guesses the address: the package has lists of Debian kernels (debian-VERSION) and of revisions of the reference. */
function addressOf(target: string): string {
	if (target.startsWith('debian-')) return 'native:LINUX';
	return target === MERGED ? 'reference' : `reference:${target}`;
}
