// SPDX-License-Identifier: MIT
import { load, type Steps, test_bit } from '../access';
import type { Arguments, Kernel, Pointer, Result } from '../kernel';

/** dax_zero_page_range(): calls the driver, and gives its name. Reads ops twice, like dax_direct_access(). */
export function* dax_zero_page_range(k: Kernel, _: Arguments): Steps<Result> {
	const { dax_dev } = k;
	if (!(yield test_bit(dax_dev.flags))) return '-ENXIO';
	if ((yield load(dax_dev.ops)) === null) return '-EOPNOTSUPP';
	const ops: Pointer = yield load(dax_dev.ops);
	return k.operation(ops, 'zero_page_range');
}
