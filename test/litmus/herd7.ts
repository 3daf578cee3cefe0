// SPDX-License-Identifier: MIT
/**
 * herd7, the simulator that the kernel's memory model is written for. Debian 12 has no package of it: where it is not
 * installed it comes from Debian's unstable, with the libraries that it was built for, once, into a cache outside of
 * this tree. Nothing is installed.
 */
import { spawnSync } from 'node:child_process';
import {
	existsSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	renameSync,
	rmSync,
	writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** A command line to which a test's arguments are added, or why there is none. */
export type Herd7 = { readonly command: readonly string[] } | { readonly missing: string };

export function herd7(): Herd7 {
	if (!spawnSync('herd7', ['-version']).error) return { command: ['herd7'] };
	try {
		const libraries = join(unpacked(), 'usr/lib/x86_64-linux-gnu');
		const loader = join(libraries, 'ld-linux-x86-64.so.2');
		const models = join(unpacked(), 'usr/share/herdtools7/herd');
		const herd = [join(unpacked(), 'usr/bin/herd7'), '-set-libdir', models];
		return { command: [loader, '--library-path', libraries, ...herd] };
	} catch (error) {
		return { missing: `herd7 is not installed, and Debian's cannot be fetched: ${error}` };
	}
}

function unpacked(): string {
	const cache = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
	const base = join(cache, 'dax-vectors/debian');
	const folder = join(base, 'herdtools7');
	if (existsSync(folder)) return folder;
	mkdirSync(base, { recursive: true });
	const draft = mkdtempSync(join(base, 'draft-'));
	try {
		for (const name of ['lists', 'cache', 'packages']) mkdirSync(join(draft, name));
		writeFileSync(join(draft, 'sources.list'), `deb ${mirror()} sid main\n`);
		writeFileSync(join(draft, 'status'), '');
		const settings = [
			`Dir::State::lists=${draft}/lists`,
			`Dir::State::status=${draft}/status`,
			`Dir::Cache=${draft}/cache`,
			`Dir::Etc::SourceList=${draft}/sources.list`,
			'Dir::Etc::SourceParts=/dev/null',
			'Acquire::Languages=none',
		].flatMap((setting) => ['-o', setting]);
		const packages = join(draft, 'packages');
		run('apt-get', [...settings, '-qq', 'update'], packages);
		run('apt-get', [...settings, 'download', 'herdtools7', 'libc6', 'libgmp10'], packages);
		for (const deb of readdirSync(packages))
			run('dpkg-deb', ['-x', deb, '../herdtools7'], packages);
		renameSync(join(draft, 'herdtools7'), folder);
	} catch (error) {
		// Somebody else may have been faster.
		if (!existsSync(folder)) throw error;
	} finally {
		rmSync(draft, { recursive: true, force: true });
	}
	return folder;
}

/** Where this Debian's own packages come from. */
function mirror(): string {
	const [uri] = run('apt-get', ['indextargets', '--format', '$(REPO_URI)']).split('\n');
	if (!uri) throw new Error('apt knows no mirror (as root: apt-get update)');
	return uri;
}

function run(program: string, args: readonly string[], cwd?: string): string {
	const { status, stdout, stderr, error } = spawnSync(program, args, { cwd, encoding: 'utf8' });
	if (status !== 0) throw new Error(`${program} ${args.at(-1)}: ${error ?? stderr.trim()}`);
	return stdout;
}
