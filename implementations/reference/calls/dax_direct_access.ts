// SPDX-License-Identifier: MIT
import { pagesOf } from '../../memory-failure';
import { load, type Steps, test_bit } from '../access';
import { type Arguments, type Kernel, NULL, type Pointer, type Result } from '../kernel';

/**
 * dax_direct_access(): calls the driver, and gives its name; none where the caller can handle no page. Reads ops twice:
 * once kill_dax() has waited for the read section of the caller, dax_set_ops() may clear them.
 */
export function* dax_direct_access(k: Kernel, { offset, length }: Arguments): Steps<Result> {
	const { dax_dev } = k;
	if (dax_dev === NULL) return '-EOPNOTSUPP';
	if (!(yield test_bit(dax_dev.flags))) return '-ENXIO';
	if ((yield load(dax_dev.ops)) === null) return '-EOPNOTSUPP';
	const pages = pagesOf(length);
	if (pages < 0) return '-EINVAL';
	const ops: Pointer = yield load(dax_dev.ops);
	if (k.operation(ops, 'direct_access', offset) === 'none') return '-ERANGE';
	return pages === 0n ? 'none' : ops;
}
