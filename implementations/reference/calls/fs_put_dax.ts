// SPDX-License-Identifier: MIT
import { cmpxchg, type Steps, WRITE_ONCE } from '../access';
import { type Arguments, type Kernel, NULL, type Pointer, type Result } from '../kernel';

/**
 * fs_put_dax(): releases a claim and its reference (7a6db2eb6d5d).
 * Without a device it does nothing, and without a holder it drops the reference only. It clears the operations first:
 * once holder_data is NULL, the next holder may already be storing its own.
 */
export function* fs_put_dax(k: Kernel, { holder }: Arguments): Steps<Result> {
	const { dax_dev } = k;

	if (dax_dev !== NULL && holder !== null) {
		yield WRITE_ONCE(dax_dev.holder_ops, null);
		const prev: Pointer = yield cmpxchg(dax_dev.holder_data, holder, null);
		k.WARN_ON(prev !== null && prev !== holder, 'fs_put_dax');
	}
	return yield* k.call('put_dax');
}
