// SPDX-License-Identifier: MIT
/** Accesses before v7.1, when a device had the operations that alloc_dax() was given: no test for NULL. */
import { pagesOf } from '../../memory-failure';
import { load, type Steps, test_bit } from '../access';
import { type Arguments, type Kernel, NULL, type Pointer, type Result } from '../kernel';

export function* directAccess(k: Kernel, { offset, length }: Arguments): Steps<Result> {
	const { dax_dev } = k;
	if (dax_dev === NULL) return '-EOPNOTSUPP';
	if (!(yield test_bit(dax_dev.flags))) return '-ENXIO';
	const pages = pagesOf(length);
	if (pages < 0) return '-EINVAL';
	const ops: Pointer = yield load(dax_dev.ops);
	if (k.operation(ops, 'direct_access', offset) === 'none') return '-ERANGE';
	return pages === 0n ? 'none' : ops;
}

export function* zeroPageRange(k: Kernel, { offset, length }: Arguments): Steps<Result> {
	const { dax_dev } = k;
	if (!(yield test_bit(dax_dev.flags))) return '-ENXIO';
	if (pagesOf(length) !== 1n) return '-EIO';
	const ops: Pointer = yield load(dax_dev.ops);
	const zeroed = k.operation(ops, 'zero_page_range', offset);
	return zeroed === 'none' ? '-EIO' : zeroed;
}

export function* recoveryWrite(k: Kernel, { offset }: Arguments): Steps<Result> {
	const { dax_dev } = k;
	const tested: Pointer = yield load(dax_dev.ops);
	if (!k.hasOperation(tested, 'recovery_write')) return 'none';
	const ops: Pointer = yield load(dax_dev.ops);
	return k.operation(ops, 'recovery_write', offset);
}
