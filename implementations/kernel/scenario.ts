// SPDX-License-Identifier: MIT
/**
 * A scenario: a real driver, a real filesystem and a removal under it, end to end, in a guest of its own. There is one
 * interleaving, and it is the kernel's; what is expected is what the vectors say of removal.
 */
import { findTool } from '../system/command';
import { notRun, skip, Unavailable } from '../unavailable';
import { kernelAt } from './address';
import { boot } from './guest';
import { type Removal, readRemoval } from './removal';
import { remote } from './ssh';

/** In the order of loading. crc32c is there under different names. */
const MODULES = ['libnvdimm', 'nd_btt', 'nd_pmem', 'nd_e820', 'crc32c_generic', 'libcrc32c', 'xfs'];
/** Without these there is nothing to remove. */
const NEEDED = ['nd_pmem', 'nd_e820', 'xfs'];

/** Where the emulated persistent memory is; mkfs.xfs wants 300 MiB. */
const PMEM = 'memmap=384M!512M';
const MEGABYTES = 1024;

/**
 * xfs on /dev/pmem0 with -o dax, the pmem driver unbound under it, then umount. What the holder is told, and each WARN,
 * is taken down by the kernel's own tracing.
 */
const REMOVAL = `set -e
mount -t tracefs none /sys/kernel/tracing
cd /sys/kernel/tracing
probe() { echo "$1" >>kprobe_events || { echo "no probe $1"; exit 3; }; }
probe 'p:dv/told xfs:xfs_dax_notify_failure offset=%si:u64 length=%dx:u64 flags=%cx:u32'
probe 'p:dv/killed kill_dax'
probe 'p:dv/put fs_put_dax'
probe 'p:dv/warned __warn'
echo 1 >events/dv/enable
cd /
[ -b /dev/pmem0 ] || { echo 'no /dev/pmem0'; exit 3; }
mkfs.xfs -q -m rmapbt=1 /dev/pmem0
mkdir -p /mnt
mount -t xfs -o dax /dev/pmem0 /mnt
grep ' /mnt xfs .*dax' /proc/mounts
echo something >/mnt/file
sync
basename "$(readlink -f /sys/block/pmem0/device)" >/sys/bus/nd/drivers/nd_pmem/unbind
ls /dev/pmem0 2>/dev/null && { echo 'it is still there'; exit 1; }
umount /mnt
cat /sys/kernel/tracing/trace
echo removed`;

/** Runs it on what stands after "kernel:". Throws Unavailable where it cannot be run. */
export async function removal(rest?: string): Promise<Removal> {
	const { kernel, description } = kernelAt(rest);
	if (rest?.startsWith('super=')) throw skip('the filesystem uses the super.c of its own kernel');
	const mkfs = findTool('mkfs.xfs');
	if (!mkfs) throw notRun('no mkfs.xfs: apt-get install xfsprogs');
	const missing = NEEDED.filter((name) => kernel.find(name) === undefined);
	if (missing.length > 0) throw skip(`${kernel.release} has no ${missing.join(', ')}`);
	const guest = await boot(kernel, {
		modules: MODULES.flatMap((name) => kernel.find(name) ?? []),
		programs: [mkfs],
		append: [PMEM],
		megabytes: MEGABYTES,
	});
	try {
		const said = await remote(guest.destination, `exec 2>&1\n${REMOVAL}`);
		return readRemoval(description, said);
	} catch (error) {
		if (error instanceof Unavailable) throw error;
		const lines = [(error as Error).message, ...guest.lastLines()];
		return { description, told: [], problems: lines };
	} finally {
		await guest.stop();
	}
}
