// SPDX-License-Identifier: MIT
import { pagesOf } from '../../memory-failure';
import { load, type Steps, test_bit } from '../access';
import type { Arguments, Kernel, Pointer, Result } from '../kernel';

/** dax_zero_page_range(): calls the driver for one page, and gives its name. Reads ops twice, like dax_direct_access(). */
export function* dax_zero_page_range(k: Kernel, { offset, length }: Arguments): Steps<Result> {
	const { dax_dev } = k;
	if (!(yield test_bit(dax_dev.flags))) return '-ENXIO';
	if ((yield load(dax_dev.ops)) === null) return '-EOPNOTSUPP';
	if (pagesOf(length) !== 1n) return '-EIO';
	const ops: Pointer = yield load(dax_dev.ops);
	const zeroed = k.operation(ops, 'zero_page_range', offset);
	return zeroed === 'none' ? '-EIO' : zeroed;
}
