// SPDX-License-Identifier: MIT
/**
 * Finds herd7, the simulator of the kernel's memory model. Debian 12 has no package of it: if it is not installed, the
 * package of Debian unstable is fetched once, with its libraries, into a cache outside of this tree, and not installed.
 */
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { suiteOptions, unpack } from '../../implementations/system/apt';
import { fetched } from '../fetched';

/** Packages of herd7 and its libraries. */
const PACKAGES = ['herdtools7', 'libc6', 'libgmp10'];

/** Gives the command of herd7. Throws if herd7 is not installed and its package cannot be fetched. */
export function herd7(): string[] {
	if (!spawnSync('herd7', ['-version']).error) return ['herd7'];
	const folder = fetched('herdtools7', (draft) => {
		unpack(draft, PACKAGES, suiteOptions(join(draft, 'apt'), ['sid']));
		rmSync(join(draft, 'apt'), { recursive: true });
	});
	const libraries = join(folder, 'usr/lib/x86_64-linux-gnu');
	const loader = join(libraries, 'ld-linux-x86-64.so.2');
	const models = join(folder, 'usr/share/herdtools7/herd');
	return [
		...[loader, '--library-path', libraries],
		...[join(folder, 'usr/bin/herd7'), '-set-libdir', models],
	];
}
