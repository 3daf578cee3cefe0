// SPDX-License-Identifier: MIT
/** Seeded bugs of the calls that access the memory of a device. */
import { load, type Steps, test_bit } from '../access';
import { type Arguments, type Kernel, NULL, type Pointer, type Result } from '../kernel';

/** dax_direct_access() does not test alive. */
export function* directOfTheDead(k: Kernel, _: Arguments): Steps<Result> {
	const { dax_dev } = k;
	if (dax_dev === NULL) return '-EOPNOTSUPP';
	if ((yield load(dax_dev.ops)) === null) return '-EOPNOTSUPP';
	const ops: Pointer = yield load(dax_dev.ops);
	return k.operation(ops, 'direct_access');
}

/** dax_direct_access() does not test for NULL operations. */
export function* directNeedsOps(k: Kernel, _: Arguments): Steps<Result> {
	const { dax_dev } = k;
	if (dax_dev === NULL) return '-EOPNOTSUPP';
	if (!(yield test_bit(dax_dev.flags))) return '-ENXIO';
	const ops: Pointer = yield load(dax_dev.ops);
	return k.operation(ops, 'direct_access');
}

/** dax_zero_page_range() does not test alive. */
export function* zeroOfTheDead(k: Kernel, _: Arguments): Steps<Result> {
	const { dax_dev } = k;
	if ((yield load(dax_dev.ops)) === null) return '-EOPNOTSUPP';
	const ops: Pointer = yield load(dax_dev.ops);
	return k.operation(ops, 'zero_page_range');
}

/** dax_recovery_write() does not test whether the driver has the operation. */
export function* recoveryNeedsMember(k: Kernel, _: Arguments): Steps<Result> {
	const { dax_dev } = k;
	if ((yield load(dax_dev.ops)) === null) return 'none';
	const ops: Pointer = yield load(dax_dev.ops);
	return k.operation(ops, 'recovery_write');
}

/** Copies do not test alive. */
// biome-ignore lint/correctness/useYield: that is the bug
export function* copyOfTheDead(_k: Kernel, _: Arguments): Steps<Result> {
	return 'ok';
}
