// SPDX-License-Identifier: MIT
/** Our own C, which ships as source. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where it is: beside this file, or, from dist/, in the package. */
export const home = [__dirname, join(__dirname, '../../../implementations/native')].find((folder) =>
	existsSync(join(folder, 'machine')),
)!;

export const machineFolder = join(home, 'machine');
export const shimFolder = join(home, 'shim');
/** A tree with our own port of the merged contract. */
export const portFolder = join(home, 'port');

/** Names and contents of a folder's C files: what a build depends on. */
export function contents(folder: string): string[] {
	const names = readdirSync(folder).filter((name) => /\.[chS]$/.test(name));
	return names.sort().flatMap((name) => [name, readFileSync(join(folder, name), 'utf8')]);
}
