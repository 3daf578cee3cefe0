// SPDX-License-Identifier: MIT
/**
 * herd7, the simulator of the kernel's memory model. Debian 12 has no package of it: if it is not installed, the package
 * of Debian unstable is fetched once, with its libraries, into a cache outside of this tree. Nothing is installed.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { aptGet, fetched, unpack } from '../fetched';

/** Packages of herd7 and its libraries. */
const PACKAGES = ['herdtools7', 'libc6', 'libgmp10'];

/** The command line of herd7, without arguments. Throws if herd7 is neither installed nor can be fetched. */
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

/** Options with which apt-get uses unstable only, with its lists and cache in a folder. */
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

/** The mirror of this system's packages. */
function mirror(): string {
	const uris = aptGet('.', ['indextargets', '--format', '$(REPO_URI)']).split('\n');
	const uri = uris.find((each) => each && !each.includes('security'));
	if (!uri) throw new Error('apt knows no mirror (as root: apt-get update)');
	return uri;
}
