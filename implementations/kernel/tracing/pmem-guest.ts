// SPDX-License-Identifier: MIT
/** A guest with emulated persistent memory, /dev/pmem0 and /dev/pmem1, and filesystems for it. */
import { findTool } from '../../system/command';
import type { Watcher } from '../../watcher';
import { kernelAt, type Named } from '../address';
import { boot } from '../guest';
import { redirectModule } from '../module';
import { remote } from '../ssh';
import { type SuperPrefix, trace } from './trace';
import { watcherOf } from './watcher';

/** Modules of persistent memory, in loading order; crc32c has different names in different kernels. */
const PMEM_MODULES = [
	...['libnvdimm', 'nd_btt', 'nd_pmem', 'nd_e820'],
	...['crc32c_generic', 'crc32c-cryptoapi', 'libcrc32c'],
];
/** Modules of what uses the memory, each after those that it depends on. */
const USERS: Readonly<Record<string, readonly string[]>> = {
	xfs: ['xfs'],
	ext4: ['mbcache', 'jbd2', 'crc16', 'ext4'],
	'dm-mod': ['dm-mod'],
};
/** Programs that are copied into a guest where this system has them. */
export const PROGRAMS = ['mkfs.xfs', 'mkfs.ext4', 'dmsetup'] as const;
/** /dev/pmem0 and /dev/pmem1: mkfs.xfs requires 300 MiB for data, and 64 MiB for a log on another device. */
const PMEM = ['memmap=384M!512M', 'memmap=96M!1024M'];
const MEGABYTES = 1248;
/** Names of a tree's own super.c in the module: see super.ts. */
const OWN_SUPER: SuperPrefix = { module: 'dax_vectors', prefix: 'ut_' };

export interface PmemGuest {
	/** The kernel, for people. */
	readonly description: string;
	/** Starts to trace, once the last trace has ended. Throws Unavailable. */
	watch(): Promise<Watcher>;
	/** Makes the devices anew, and the kernel warn again. Gives false where that fails. */
	reset(): Promise<boolean>;
	/** The cause of a crash of the kernel and its call trace; empty where it has not crashed. */
	crash(): string[];
	stop(): Promise<void>;
}

/** Seconds that a reset may take. */
const RESET_LIMIT_S = 30;

/** The script of a reset. Binding makes new dax_devices and new pages, also for those that had a memory failure. */
const RESET = `while umount /mnt 2>/dev/null; do :; done
DM_DISABLE_UDEV=1 dmsetup remove_all 2>/dev/null
cd /sys/bus/nd/drivers/nd_pmem || exit
for namespace in ../../devices/namespace*; do
	name=\${namespace##*/}
	[ -e $name ] && echo $name >unbind
	echo $name >bind || exit
done
for device in /dev/pmem?; do dd if=/dev/zero of=$device bs=64k count=1 2>/dev/null || exit; done
cd /sys/kernel/debug || exit
mountpoint -q . || mount -t debugfs none .
echo 1 >clear_warn_once
! grep -E '^/dev/(pmem|mapper|dm)' /proc/mounts`;

/** Boots a kernel with these of USERS, as far as it has them: with all where none are stated. Throws Unavailable. */
export async function bootPmemGuest(
	{ kernel, module, tree, description }: Named,
	wanted: readonly string[] = Object.keys(USERS),
): Promise<PmemGuest> {
	const users = Object.entries(USERS).flatMap(([name, own]) => (wanted.includes(name) ? own : []));
	const guest = await boot(kernel, {
		// The super.c of a tree must have all devices, so its modules come before those of the kernel.
		modules: tree ? [module, redirectModule(module)] : [],
		kernelModules: [...PMEM_MODULES, ...users].flatMap((name) => kernel.find(name) ?? []),
		programs: PROGRAMS.flatMap((name) => findTool(name) ?? []),
		append: PMEM,
		megabytes: MEGABYTES,
	});
	const to = guest.destination;
	let last: Promise<void> | undefined;
	return {
		description,
		async watch() {
			const traced = await trace(to, tree && OWN_SUPER);
			last = traced.ended;
			// The probes are removed while the caller goes on, or end with the guest.
			return { ...watcherOf(traced, to, description), stop: traced.finish };
		},
		async reset() {
			try {
				await remote(to, `timeout ${RESET_LIMIT_S} sh -c '${RESET.replaceAll("'", "'\\''")}'`);
				await last;
				return true;
			} catch {
				return false;
			}
		},
		crash: guest.crash,
		async stop() {
			await guest.stop();
			await last;
		},
	};
}

/**
 * Boots a kernel with all that this system has for it, and watches it; stop() ends the guest as well. Throws
 * Unavailable.
 */
export async function watchGuest(rest?: string): Promise<Watcher> {
	const guest = await bootPmemGuest(kernelAt(rest, true));
	try {
		const watcher = await guest.watch();
		const stop = async () => {
			const watched = await watcher.stop();
			await guest.stop();
			return watched;
		};
		return { ...watcher, stop };
	} catch (error) {
		await guest.stop();
		throw error;
	}
}
