// SPDX-License-Identifier: MIT
/**
 * Real kernel source to test with: drivers/dax, the headers that it needs, the kernel's own reader of KTAP and its checkpatch.pl, out of
 * Debian's linux-source packages, fetched once into a cache outside of this tree. Kernel source is never committed here.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

export const versions = ['6.1', '6.12'] as const;
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
/** What an older list of parts has left in the cache lacks some of them. */
const FOLDER = createHash('sha256').update(PARTS.join()).digest('hex').slice(0, 8);

/** The folder of a kernel tree. Fetches it if need be, which takes some ten seconds. */
export function debianTree(version: Version): string {
	const cache = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
	const base = join(cache, 'dax-vectors/debian', FOLDER);
	const name = `linux-source-${version}`;
	const tree = join(base, name);
	if (existsSync(tree)) return tree;
	mkdirSync(base, { recursive: true });
	const draft = mkdtempSync(join(base, 'draft-'));
	try {
		run('apt-get', ['download', name], draft);
		const [deb] = readdirSync(draft).filter((file) => file.endsWith('.deb'));
		run('dpkg-deb', ['-x', deb!, 'package'], draft);
		const archive = `package/usr/src/${name}.tar.xz`;
		run('tar', ['-xJf', archive, ...PARTS.map((part) => `${name}/${part}`)], draft);
		renameSync(join(draft, name), tree);
	} catch (error) {
		// Somebody else may have been faster.
		if (!existsSync(tree)) throw error;
	} finally {
		rmSync(draft, { recursive: true, force: true });
	}
	return tree;
}

function run(program: string, args: readonly string[], cwd: string): void {
	const { status, stderr, error } = spawnSync(program, args, { cwd, encoding: 'utf8' });
	if (status !== 0)
		throw new Error(`${program} ${args[0]}: ${error ?? stderr} (as root: apt-get update)`);
}

if (require.main === module) for (const version of versions) console.log(debianTree(version));
