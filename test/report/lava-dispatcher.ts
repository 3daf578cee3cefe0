// SPDX-License-Identifier: MIT
/** LAVA's own reader of signals, out of Debian's package, fetched once into the cache: it is too large to install. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** The folder for PYTHONPATH. lava-common and python3-pexpect, which it imports, are installed. */
export function lavaDispatcher(): string {
	const cache = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
	const base = join(cache, 'dax-vectors/debian');
	const folder = join(base, 'lava-dispatcher');
	const modules = join(folder, 'usr/lib/python3/dist-packages');
	if (existsSync(modules)) return modules;
	mkdirSync(base, { recursive: true });
	const draft = mkdtempSync(join(base, 'draft-'));
	try {
		run('apt-get', ['download', 'lava-dispatcher'], draft);
		const [deb] = readdirSync(draft).filter((file) => file.endsWith('.deb'));
		run('dpkg-deb', ['-x', deb!, 'package'], draft);
		renameSync(join(draft, 'package'), folder);
	} catch (error) {
		// Somebody else may have been faster.
		if (!existsSync(modules)) throw error;
	} finally {
		rmSync(draft, { recursive: true, force: true });
	}
	return modules;
}

function run(program: string, args: readonly string[], cwd: string): void {
	const { status, stderr, error } = spawnSync(program, args, { cwd, encoding: 'utf8' });
	if (status !== 0)
		throw new Error(`${program} ${args[0]}: ${error ?? stderr} (as root: apt-get update)`);
}
