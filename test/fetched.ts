// SPDX-License-Identifier: MIT
/** Programs and sources that tests need: fetched once into a cache outside this tree, never installed. */
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { cached } from '../implementations/system/cache';
import { command } from '../implementations/system/command';

/** Gives the cache folder of that name; fill() writes it the first time. Throws what fill() throws. */
export const fetched = (name: string, fill: (draft: string) => void): string =>
	cached('test', name, fill);

/** Runs apt-get in a folder; gives its stdout. Throws Error with what to do. */
export function aptGet(folder: string, args: readonly string[]): string {
	try {
		return command('apt-get', args, { cwd: folder });
	} catch (error) {
		throw new Error(`${(error as Error).message.trim()} (as root: apt-get update)`);
	}
}

/** Unpacks Debian packages into a folder without installing them; options are apt-get's. */
export function unpack(
	folder: string,
	packages: readonly string[],
	options: readonly string[] = [],
): void {
	aptGet(folder, [...options, 'download', ...packages]);
	for (const deb of readdirSync(folder).filter((file) => file.endsWith('.deb'))) {
		command('dpkg-deb', ['-x', deb, '.'], { cwd: folder });
		rmSync(join(folder, deb));
	}
}
