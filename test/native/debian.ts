// SPDX-License-Identifier: MIT
/**
 * Fetches kernel source for tests from Debian's linux-source packages into a cache outside of this repository, once:
 * drivers/dax, the headers that it needs, the kernel's KTAP parser and checkpatch.pl. Kernel source is never committed.
 */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { apt, suiteOptions, unpack } from '../../implementations/system/apt';
import { hashOf } from '../../implementations/system/cache';
import { command } from '../../implementations/system/command';
import { fetched } from '../fetched';

export const versions = ['6.1', '6.12', '7.2', '7.3'] as const;
export type Version = (typeof versions)[number];

const PARTS = [
	'drivers/dax',
	'include/linux/dax.h',
	'include/linux/kconfig.h',
	'tools/memory-model',
	'tools/testing/kunit',
	'scripts/checkpatch.pl',
	'scripts/spelling.txt',
	'scripts/const_structs.checkpatch',
];
/** Part of the name in the cache: an entry for another list of parts lacks some of them. */
const LIST = hashOf(PARTS).slice(0, 8);

/** The folder of a kernel tree, fetched if need be, which takes about ten seconds. */
export function debianTree(version: Version): string {
	const name = `linux-source-${version}`;
	const folder = fetched(`${name}-${LIST}`, (draft) => {
		unpack(draft, [name], optionsFor(name, draft));
		const parts = PARTS.map((part) => `${name}/${part}`);
		command('tar', ['-xJf', `usr/src/${name}.tar.xz`, ...parts], { cwd: draft });
		for (const used of ['usr', 'apt']) rmSync(join(draft, used), { recursive: true, force: true });
	});
	return join(folder, name);
}

/** Options for a package that only a newer suite has; none for one of this system's. */
function optionsFor(name: string, draft: string): readonly string[] {
	if (apt('apt-cache', ['search', '--names-only', `^${name}$`]) !== '') return [];
	return suiteOptions(join(draft, 'apt'), ['trixie', 'trixie-backports']);
}

if (require.main === module) for (const version of versions) console.log(debianTree(version));
