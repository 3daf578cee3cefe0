// SPDX-License-Identifier: MIT
/** Opens watchers: of a machine that runs, or of a guest with emulated persistent memory. */
import { findTool } from '../../system/command';
import { notRun, skip } from '../../unavailable';
import type { Watcher } from '../../watcher';
import { kernelAt } from '../address';
import { boot } from '../guest';
import { destinationOf } from '../remote';
import { type Destination, ssh } from '../ssh';
import { requireTools } from '../tools';
import { type SuperPrefix, type Trace, trace } from './trace';

/** Modules of a filesystem on persistent memory, in loading order; crc32c has different names in different kernels. */
export const PMEM_MODULES = [
	...['libnvdimm', 'nd_btt', 'nd_pmem', 'nd_e820'],
	...['crc32c_generic', 'crc32c-cryptoapi', 'libcrc32c', 'xfs'],
];
/** Emulated persistent memory: mkfs.xfs requires 300 MiB. */
const PMEM = 'memmap=384M!512M';
const MEGABYTES = 1024;
/** Programs that are copied into a guest where this system has them. */
const PROGRAMS = ['mkfs.xfs'];
/** Names of a tree's own super.c in the module: see super.ts. */
const OWN_SUPER: SuperPrefix = { module: 'dax_vectors', prefix: 'ut_' };

/** Watches a machine that runs: "ssh://root@HOST". Gives undefined for another address. Throws Unavailable. */
export async function watchHost(url: string): Promise<Watcher | undefined> {
	const destination = destinationOf(url);
	if (!destination) return undefined;
	requireTools(['ssh']);
	const traced = await trace(destination);
	const description = `Linux ${traced.release} on ${destination.host}`;
	return { ...watcherOf(traced, destination), description };
}

/**
 * Boots the kernel that address.ts resolves and watches it; stop() ends the guest as well. needed: modules without which
 * a scenario does not apply. Throws Unavailable.
 */
export async function watchGuest(rest?: string, needed: readonly string[] = []): Promise<Watcher> {
	const { kernel, module, tree, description } = kernelAt(rest);
	const lacks = needed.filter((name) => kernel.find(name) === undefined);
	if (lacks.length > 0) throw skip(`${kernel.release} has no ${lacks.join(', ')}`);
	if (tree && needed.includes('xfs')) throw skip('xfs calls the super.c of its own kernel');
	if (needed.includes('xfs') && !findTool('mkfs.xfs'))
		throw notRun('no mkfs.xfs: apt-get install xfsprogs');
	const guest = await boot(kernel, {
		modules: [
			...PMEM_MODULES.flatMap((name) => kernel.find(name) ?? []),
			...(tree ? [module] : []),
		],
		programs: PROGRAMS.flatMap((name) => findTool(name) ?? []),
		append: [PMEM],
		megabytes: MEGABYTES,
	});
	try {
		const traced = await trace(guest.destination, tree && OWN_SUPER);
		const watcher = watcherOf(traced, guest.destination);
		const stop = async () => {
			// The guest ends: nothing has to be removed there.
			const watched = await traced.finish();
			await guest.stop();
			await traced.ended;
			return watched;
		};
		return { ...watcher, description, stop };
	} catch (error) {
		await guest.stop();
		throw error;
	}
}

function watcherOf(traced: Trace, destination: Destination): Omit<Watcher, 'description'> {
	return { ...traced, run: (command, output) => runThere(destination, command, output) };
}

/** Exit code of ssh when the connection fails. */
const SSH_FAILED = 255;

function runThere(
	to: Destination,
	command: string,
	output: (text: string) => void,
): Promise<number | null> {
	const child = ssh(to, command);
	const kill = () => void child.kill('SIGKILL');
	process.once('exit', kill);
	child.stdin.on('error', () => {});
	child.stdin.end();
	for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', output);
	return new Promise((resolve, reject) => {
		child.once('error', (error) => reject(notRun(error.message)));
		child.once('close', (code) => {
			process.off('exit', kill);
			resolve(code === SSH_FAILED ? null : code);
		});
	});
}
