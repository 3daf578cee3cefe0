// SPDX-License-Identifier: MIT
/**
 * Runs a removal scenario in a guest of its own: a real driver, a real filesystem, and removal under the mount. The
 * kernel chooses the one interleaving; the expectations are those of the removal vectors.
 */
import { findTool } from '../system/command';
import { notRun, skip, Unavailable } from '../unavailable';
import { kernelAt } from './address';
import { boot } from './guest';
import { type Removal, readRemoval } from './removal';
import { remote } from './ssh';

/** Modules in loading order. The module of crc32c has different names in different kernels. */
const MODULES = ['libnvdimm', 'nd_btt', 'nd_pmem', 'nd_e820', 'crc32c_generic', 'libcrc32c', 'xfs'];
/** Modules without which the scenario does not apply. */
const NEEDED = ['nd_pmem', 'nd_e820', 'xfs'];

/** Emulated persistent memory; mkfs.xfs requires 300 MiB. */
const PMEM = 'memmap=384M!512M';
const MEGABYTES = 1024;
/** Seconds that unbinding the driver may take: it takes less than one, emulated. */
const UNBIND_LIMIT_S = 30;

/**
 * Mounts xfs on /dev/pmem0 with -o dax, unbinds the pmem driver under the mount, then unmounts. Kernel tracing records
 * each notification of the holder and each WARN.
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
basename "$(readlink -f /sys/block/pmem0/device)" >/sys/bus/nd/drivers/nd_pmem/unbind &
unbind=$!
for second in $(seq ${UNBIND_LIMIT_S}); do kill -0 $unbind 2>/dev/null || break; sleep 1; done
if kill -0 $unbind 2>/dev/null; then
	cat /sys/kernel/tracing/trace
	echo 'the unbinding of the driver does not end within ${UNBIND_LIMIT_S} s; it is in:'
	grep -o '[a-z_0-9]*+' /proc/$unbind/stack | tr -d + | tr '\\n' ' '
	exit
fi
ls /dev/pmem0 2>/dev/null && { echo 'it is still there'; exit 1; }
umount /mnt
cat /sys/kernel/tracing/trace
echo removed`;

/** Runs the scenario on the kernel that address.ts resolves. Throws Unavailable. */
export async function removal(rest?: string): Promise<Removal> {
	const { kernel, tree, description } = kernelAt(rest);
	if (tree) throw skip('the filesystem uses the super.c of its own kernel');
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
