// SPDX-License-Identifier: MIT
import { READ_ONCE, type Steps, test_bit } from '../access';
import type { Arguments, Kernel, Pointer, Result } from '../kernel';
import type { Reader } from '../srcu';

/**
 * dax_holder_notify_failure(): calls the holder on memory failure (7ae9d15bdcde).
 * holder_ops is read once: fs_put_dax() may clear it at any time. holder_data is never read.
 */
export function* dax_holder_notify_failure(k: Kernel, args: Arguments): Steps<Result> {
	const { dax_dev, dax_srcu } = k;
	let rc: Result;

	const id: Reader = yield dax_srcu.read_lock();
	if (yield test_bit(dax_dev.flags)) {
		const ops: Pointer = yield READ_ONCE(dax_dev.holder_ops);
		rc = ops === null ? '-EOPNOTSUPP' : yield* k.notify_failure(ops, args);
	} else {
		rc = '-ENXIO';
	}
	yield dax_srcu.read_unlock(id);
	return rc;
}
