// SPDX-License-Identifier: MIT
import { cmpxchg, READ_ONCE, type Steps, store, test_bit } from '../access';
import { igrab } from '../inode';
import type { Arguments, Disk, Kernel, Pointer, Result } from '../kernel';
import type { Reader } from '../srcu';

const PAGE_SIZE_BYTES = 4096;

/**
 * fs_dax_get_by_bdev(): finds the device of a block device and, with a holder, claims it (8012b8660855, v6.0).
 * The claim is inside the read section. When it fails, the reference that igrab() took is kept.
 */
export function* fs_dax_get_by_bdev(k: Kernel, { holder, ops }: Arguments): Steps<Result> {
	const { dax_dev, dax_srcu, disk } = k;
	let found: Result = null;

	if (hasNoDax(k)) return null;

	const id: Reader = yield dax_srcu.read_lock();
	if ((yield* hasHost(disk)) && (yield test_bit(dax_dev.flags)) && (yield* igrab(dax_dev))) {
		found = 'ok';
		if (holder !== null) {
			if ((yield cmpxchg(dax_dev.holder_data, null, holder)) === null)
				yield store(dax_dev.holder_ops, ops);
			else found = null;
		}
	}
	yield dax_srcu.read_unlock(id);
	return found;
}

/** Stores where the partition starts. True without DAX: by the queue, or for a partition that is not whole pages. */
export function hasNoDax(k: Kernel): boolean {
	if (!k.disk.dax) return true;
	k.storeStartOff(k.disk.start);
	return isUnaligned(k.disk);
}

export const isUnaligned = ({ start, size }: Disk): boolean =>
	start % PAGE_SIZE_BYTES !== 0 || size % PAGE_SIZE_BYTES !== 0;

/** xa_load(&dax_hosts, disk) */
export function* hasHost({ host, hostChanges }: Disk): Steps<boolean> {
	const entry: Pointer = hostChanges ? yield READ_ONCE(host) : host.value;
	return entry !== null;
}
