// SPDX-License-Identifier: MIT
/** What tests are held against and nobody should have to install: fetched once, into a cache outside of this tree. */
import { spawnSync } from 'node:child_process';
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { kept } from '../implementations/cache';

/** The folder of that name, which fill() fills the first time. Throws what fill() throws. */
export const fetched = (name: string, fill: (draft: string) => void): string =>
	kept('test', name, fill);

/** Runs a program in a folder and gives its output. Throws with what it said. */
export function run(folder: string, program: string, args: readonly string[]): string {
	const { status, stdout, stderr, error } = spawnSync(program, args, {
		cwd: folder,
		encoding: 'utf8',
	});
	if (status !== 0)
		throw new Error(
			`${program} ${args.join(' ')}: ${error ?? stderr.trim()} (as root: apt-get update)`,
		);
	return stdout;
}

/** Unpacks Debian packages into a folder without installing them; options are apt-get's. */
export function unpack(
	folder: string,
	packages: readonly string[],
	options: readonly string[] = [],
): void {
	run(folder, 'apt-get', [...options, 'download', ...packages]);
	for (const deb of readdirSync(folder).filter((file) => file.endsWith('.deb'))) {
		run(folder, 'dpkg-deb', ['-x', deb, '.']);
		rmSync(join(folder, deb));
	}
}
