// SPDX-License-Identifier: MIT
import { cmpxchg, type Steps, store, test_bit } from '../access';
import { igrab } from '../inode';
import type { Arguments, Kernel, Result } from '../kernel';
import type { Reader } from '../srcu';

/**
 * fs_dax_get_by_bdev(): finds the device of a block device and, with a holder, claims it (8012b8660855, v6.0).
 * The claim stands inside the read section. When it fails, the reference that igrab() took is kept.
 */
export function* fs_dax_get_by_bdev(k: Kernel, { holder, ops }: Arguments): Steps<Result> {
	const { dax_dev, dax_srcu } = k;
	let found: Result = null;

	const id: Reader = yield dax_srcu.read_lock();
	if ((yield test_bit(dax_dev.flags)) && (yield* igrab(dax_dev))) {
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
