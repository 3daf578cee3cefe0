// SPDX-License-Identifier: MIT
/**
 * herd7, the simulator that the kernel's memory model is written for. Debian 12 has no package of it: where it is not
 * installed it comes from Debian's unstable, with the libraries that it was built for, once, into a cache outside of
 * this tree. Nothing is installed.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { aptGet, fetched, unpack } from '../fetched';

/** What herd7 needs of the system that it was built for. */
const PACKAGES = ['herdtools7', 'libc6', 'libgmp10'];

/** The command line to which a test's arguments are added. Throws where it cannot be had. */
export function herd7(): string[] {
	if (!spawnSync('herd7', ['-version']).error) return ['herd7'];
	const folder = fetched('herdtools7', (draft) => {
		unpack(draft, PACKAGES, unstable(draft));
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

/** Options with which apt-get knows of unstable, and of nothing else; what it fetches of it is in a folder. */
function unstable(folder: string): string[] {
	const apt = join(folder, 'apt');
	for (const name of ['lists', 'cache']) mkdirSync(join(apt, name), { recursive: true });
	writeFileSync(join(apt, 'sources.list'), `deb ${mirror()} sid main\n`);
	writeFileSync(join(apt, 'status'), '');
	const options = [
		`Dir::State::lists=${apt}/lists`,
		`Dir::State::status=${apt}/status`,
		`Dir::Cache=${apt}/cache`,
		`Dir::Etc::SourceList=${apt}/sources.list`,
		'Dir::Etc::SourceParts=/dev/null',
		'Acquire::Languages=none',
	].flatMap((setting) => ['-o', setting]);
	aptGet(folder, [...options, '-qq', 'update']);
	return options;
}

/** Where this Debian's own packages come from. */
function mirror(): string {
	const uris = aptGet('.', ['indextargets', '--format', '$(REPO_URI)']).split('\n');
	const uri = uris.find((each) => each && !each.includes('security'));
	if (!uri) throw new Error('apt knows no mirror (as root: apt-get update)');
	return uri;
}
