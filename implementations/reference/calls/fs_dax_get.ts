// SPDX-License-Identifier: MIT
import { cmpxchg, type Steps, store, test_bit } from '../access';
import { igrab } from '../inode';
import type { Arguments, Kernel, Result } from '../kernel';
import type { Reader } from '../srcu';

/**
 * fs_dax_get(): claims a dax_device (eec38f5d86d2, v7.1).
 * The claim stands outside the read section, so kill_dax() may finish between the two.
 */
export function* fs_dax_get(k: Kernel, { holder, ops }: Arguments): Steps<Result> {
	const { dax_dev, dax_srcu } = k;

	const id: Reader = yield dax_srcu.read_lock();
	if (!(yield test_bit(dax_dev.flags)) || !(yield* igrab(dax_dev))) {
		yield dax_srcu.read_unlock(id);
		return '-ENODEV';
	}
	yield dax_srcu.read_unlock(id);

	if ((yield cmpxchg(dax_dev.holder_data, null, holder)) !== null) {
		yield* k.iput();
		return '-EBUSY';
	}
	yield store(dax_dev.holder_ops, ops);
	return 'ok';
}
