// SPDX-License-Identifier: MIT
import { load, type Steps, test_bit } from '../access';
import { type Arguments, type Kernel, NULL, type Pointer, type Result } from '../kernel';

/**
 * dax_direct_access(): calls the driver, and gives its name. Reads ops twice: once kill_dax() has waited for the read
 * section of the caller, dax_set_ops() may clear them.
 */
export function* dax_direct_access(k: Kernel, _: Arguments): Steps<Result> {
	const { dax_dev } = k;
	if (dax_dev === NULL) return '-EOPNOTSUPP';
	if (!(yield test_bit(dax_dev.flags))) return '-ENXIO';
	if ((yield load(dax_dev.ops)) === null) return '-EOPNOTSUPP';
	const ops: Pointer = yield load(dax_dev.ops);
	return k.operation(ops, 'direct_access');
}
