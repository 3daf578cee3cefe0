// SPDX-License-Identifier: MIT
/** Seeded bugs of the calls that access the memory of a device. */
import { pagesOf } from '../../memory-failure';
import { load, type Steps, test_bit } from '../access';
import { type Arguments, type Kernel, NULL, type Pointer, type Result } from '../kernel';

/** dax_direct_access() does not test alive. */
export function* directOfTheDead(k: Kernel, { offset, length }: Arguments): Steps<Result> {
	const { dax_dev } = k;
	if (dax_dev === NULL) return '-EOPNOTSUPP';
	if ((yield load(dax_dev.ops)) === null) return '-EOPNOTSUPP';
	const pages = pagesOf(length);
	if (pages < 0) return '-EINVAL';
	const ops: Pointer = yield load(dax_dev.ops);
	if (k.operation(ops, 'direct_access', offset) === 'none') return '-ERANGE';
	return pages === 0n ? 'none' : ops;
}

/** dax_direct_access() does not test for NULL operations. */
export function* directNeedsOps(k: Kernel, { offset, length }: Arguments): Steps<Result> {
	const { dax_dev } = k;
	if (dax_dev === NULL) return '-EOPNOTSUPP';
	if (!(yield test_bit(dax_dev.flags))) return '-ENXIO';
	const pages = pagesOf(length);
	if (pages < 0) return '-EINVAL';
	const ops: Pointer = yield load(dax_dev.ops);
	if (k.operation(ops, 'direct_access', offset) === 'none') return '-ERANGE';
	return pages === 0n ? 'none' : ops;
}

/** dax_direct_access() hands the first page on. */
export function* directOfFirstPage(k: Kernel, { length }: Arguments): Steps<Result> {
	const { dax_dev } = k;
	if (dax_dev === NULL) return '-EOPNOTSUPP';
	if (!(yield test_bit(dax_dev.flags))) return '-ENXIO';
	if ((yield load(dax_dev.ops)) === null) return '-EOPNOTSUPP';
	const pages = pagesOf(length);
	if (pages < 0) return '-EINVAL';
	const ops: Pointer = yield load(dax_dev.ops);
	if (k.operation(ops, 'direct_access', 0) === 'none') return '-ERANGE';
	return pages === 0n ? 'none' : ops;
}

/** dax_direct_access() does not test the number of pages. */
export function* directOfAnyLength(k: Kernel, { offset, length }: Arguments): Steps<Result> {
	const { dax_dev } = k;
	if (dax_dev === NULL) return '-EOPNOTSUPP';
	if (!(yield test_bit(dax_dev.flags))) return '-ENXIO';
	if ((yield load(dax_dev.ops)) === null) return '-EOPNOTSUPP';
	const ops: Pointer = yield load(dax_dev.ops);
	if (k.operation(ops, 'direct_access', offset) === 'none') return '-ERANGE';
	return pagesOf(length) === 0n ? 'none' : ops;
}

/** dax_zero_page_range() does not test the number of pages. */
export function* zeroOfAnyLength(k: Kernel, { offset }: Arguments): Steps<Result> {
	const { dax_dev } = k;
	if (!(yield test_bit(dax_dev.flags))) return '-ENXIO';
	if ((yield load(dax_dev.ops)) === null) return '-EOPNOTSUPP';
	const ops: Pointer = yield load(dax_dev.ops);
	const zeroed = k.operation(ops, 'zero_page_range', offset);
	return zeroed === 'none' ? '-EIO' : zeroed;
}

/** dax_zero_page_range() does not test alive. */
export function* zeroOfTheDead(k: Kernel, { offset, length }: Arguments): Steps<Result> {
	const { dax_dev } = k;
	if ((yield load(dax_dev.ops)) === null) return '-EOPNOTSUPP';
	if (pagesOf(length) !== 1n) return '-EIO';
	const ops: Pointer = yield load(dax_dev.ops);
	const zeroed = k.operation(ops, 'zero_page_range', offset);
	return zeroed === 'none' ? '-EIO' : zeroed;
}

/** dax_recovery_write() does not test whether the driver has the operation. */
export function* recoveryNeedsMember(k: Kernel, { offset }: Arguments): Steps<Result> {
	const { dax_dev } = k;
	if ((yield load(dax_dev.ops)) === null) return 'none';
	const ops: Pointer = yield load(dax_dev.ops);
	return k.operation(ops, 'recovery_write', offset);
}

/** Copies do not test alive. */
// biome-ignore lint/correctness/useYield: that is the bug
export function* copyOfTheDead(_k: Kernel, _: Arguments): Steps<Result> {
	return 'ok';
}
