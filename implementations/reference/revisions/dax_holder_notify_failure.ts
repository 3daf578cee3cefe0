// SPDX-License-Identifier: MIT
/** dax_holder_notify_failure() before 7ae9d15bdcde. */
import { load, type Steps, test_bit } from '../access';
import type { Arguments, Kernel, Pointer, Result } from '../kernel';
import type { Reader } from '../srcu';

/** v6.0 to v7.1 and series V1 to V4: holder_ops is read twice, once to test it and once to call through it. */
export function* doubleFetch(k: Kernel, args: Arguments): Steps<Result> {
	const { dax_dev, dax_srcu } = k;
	let rc: Result;

	const id: Reader = yield dax_srcu.read_lock();
	if (!(yield test_bit(dax_dev.flags))) {
		rc = '-ENXIO';
	} else if ((yield load(dax_dev.holder_ops)) === null) {
		rc = '-EOPNOTSUPP';
	} else {
		const ops: Pointer = yield load(dax_dev.holder_ops);
		rc = yield* k.notify_failure(ops, args);
	}
	yield dax_srcu.read_unlock(id);
	return rc;
}
