// SPDX-License-Identifier: MIT
/** Seeded bugs of fs_dax_get_by_bdev(), each one line away from the merged call. */
import { cmpxchg, cmpxchg_relaxed, load, type Steps, store, test_bit } from '../access';
import { fs_dax_get_by_bdev, hasHost, hasNoDax, isUnaligned } from '../calls/fs_dax_get_by_bdev';
import { igrab } from '../inode';
import type { Arguments, Kernel, Result } from '../kernel';
import type { Reader } from '../srcu';

const SECTOR_BYTES = 512;

/** Claims after dax_read_unlock(), where kill_dax() does not wait for the claim. */
export function* claimOutsideSection(k: Kernel, { holder, ops }: Arguments): Steps<Result> {
	const { dax_dev, dax_srcu, disk } = k;
	let found: Result = null;
	if (hasNoDax(k)) return null;
	const id: Reader = yield dax_srcu.read_lock();
	if ((yield* hasHost(disk)) && (yield test_bit(dax_dev.flags)) && (yield* igrab(dax_dev)))
		found = 'ok';
	yield dax_srcu.read_unlock(id);
	if (found !== null && holder !== null) {
		if ((yield cmpxchg(dax_dev.holder_data, null, holder)) === null)
			yield store(dax_dev.holder_ops, ops);
		else found = null;
	}
	return found;
}

/** A test and a store instead of cmpxchg(). */
export function* relaxedTest(k: Kernel, { holder, ops }: Arguments): Steps<Result> {
	const { dax_dev, dax_srcu, disk } = k;
	let found: Result = null;
	if (hasNoDax(k)) return null;
	const id: Reader = yield dax_srcu.read_lock();
	if ((yield* hasHost(disk)) && (yield test_bit(dax_dev.flags)) && (yield* igrab(dax_dev))) {
		found = 'ok';
		if (holder !== null) {
			if ((yield load(dax_dev.holder_data)) === null) {
				yield store(dax_dev.holder_data, holder);
				yield store(dax_dev.holder_ops, ops);
			} else found = null;
		}
	}
	yield dax_srcu.read_unlock(id);
	return found;
}

/** Returns a device that another holder has claimed. */
export function* ignoresBusy(k: Kernel, { holder, ops }: Arguments): Steps<Result> {
	const { dax_dev, dax_srcu, disk } = k;
	let found: Result = null;
	if (hasNoDax(k)) return null;
	const id: Reader = yield dax_srcu.read_lock();
	if ((yield* hasHost(disk)) && (yield test_bit(dax_dev.flags)) && (yield* igrab(dax_dev))) {
		found = 'ok';
		if (holder !== null) {
			if ((yield cmpxchg(dax_dev.holder_data, null, holder)) === null)
				yield store(dax_dev.holder_ops, ops);
		}
	}
	yield dax_srcu.read_unlock(id);
	return found;
}

/** A NULL holder claims: its operations are stored. */
export function* nullHolderClaims(k: Kernel, { holder, ops }: Arguments): Steps<Result> {
	const { dax_dev, dax_srcu, disk } = k;
	let found: Result = null;
	if (hasNoDax(k)) return null;
	const id: Reader = yield dax_srcu.read_lock();
	if ((yield* hasHost(disk)) && (yield test_bit(dax_dev.flags)) && (yield* igrab(dax_dev))) {
		found = 'ok';
		if ((yield cmpxchg(dax_dev.holder_data, null, holder)) === null)
			yield store(dax_dev.holder_ops, ops);
		else found = null;
	}
	yield dax_srcu.read_unlock(id);
	return found;
}

export function* missingAliveTest(k: Kernel, { holder, ops }: Arguments): Steps<Result> {
	const { dax_dev, dax_srcu, disk } = k;
	let found: Result = null;
	if (hasNoDax(k)) return null;
	const id: Reader = yield dax_srcu.read_lock();
	if ((yield* hasHost(disk)) && (yield* igrab(dax_dev))) {
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

export function* missingIgrab(k: Kernel, { holder, ops }: Arguments): Steps<Result> {
	const { dax_dev, dax_srcu, disk } = k;
	let found: Result = null;
	if (hasNoDax(k)) return null;
	const id: Reader = yield dax_srcu.read_lock();
	if ((yield* hasHost(disk)) && (yield test_bit(dax_dev.flags))) {
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

/** Finds the device of a partition that does not begin and end with a page. */
export function* ignoresAlignment(k: Kernel, { holder, ops }: Arguments): Steps<Result> {
	const { dax_dev, dax_srcu, disk } = k;
	let found: Result = null;
	if (!disk.dax) return null;
	k.storeStartOff(disk.start);
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

/** Claims without order; the store after it is plain, so the release before the claim may overwrite it. */
export function* relaxedClaim(k: Kernel, { holder, ops }: Arguments): Steps<Result> {
	const { dax_dev, dax_srcu, disk } = k;
	let found: Result = null;
	if (hasNoDax(k)) return null;

	const id: Reader = yield dax_srcu.read_lock();
	if ((yield* hasHost(disk)) && (yield test_bit(dax_dev.flags)) && (yield* igrab(dax_dev))) {
		found = 'ok';
		if (holder !== null) {
			if ((yield cmpxchg_relaxed(dax_dev.holder_data, null, holder)) === null)
				yield store(dax_dev.holder_ops, ops);
			else found = null;
		}
	}
	yield dax_srcu.read_unlock(id);
	return found;
}

/** Finds the device of a disk whose queue has no DAX. */
export function* ignoresQueue(k: Kernel, { holder, ops }: Arguments): Steps<Result> {
	const { dax_dev, dax_srcu, disk } = k;
	let found: Result = null;
	k.storeStartOff(disk.start);
	if (isUnaligned(disk)) return null;
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

/** Counts the offset of the partition in sectors. */
export function* offsetInSectors(k: Kernel, { holder, ops }: Arguments): Steps<Result> {
	const { dax_dev, dax_srcu, disk } = k;
	let found: Result = null;
	if (!disk.dax) return null;
	const start = disk.start / SECTOR_BYTES;
	k.storeStartOff(start);
	if (isUnaligned({ ...disk, start })) return null;
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

/** Looks up the first disk, whichever it is called for. */
export function* firstDisk(k: Kernel, args: Arguments): Steps<Result> {
	k.dax_dev = k.devices[0];
	return yield* fs_dax_get_by_bdev(k, args);
}
