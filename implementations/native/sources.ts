// SPDX-License-Identifier: MIT
/** The C sources of this package, which are compiled on the user's machine. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The folder of the sources: beside this file, or in the package where this file is in dist/. */
export const home = existsSync(join(__dirname, 'machine'))
	? __dirname
	: join(__dirname, '../../../implementations/native');

export const addonFolder = join(home, 'addon');
export const machineFolder = join(home, 'machine');
export const shimFolder = join(home, 'shim');
/** A tree with the port of the merged contract. */
export const portFolder = join(home, 'port');

/** Paths and contents of a folder's C files, on which a build depends. */
export function contents(folder: string): string[] {
	const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
		/\.[chS]$/.test(name),
	);
	return names.sort().flatMap((name) => [name, readFileSync(join(folder, name), 'utf8')]);
}
