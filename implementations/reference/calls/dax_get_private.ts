// SPDX-License-Identifier: MIT
import { load, type Steps, test_bit } from '../access';
import type { Arguments, Kernel, Result } from '../kernel';

/** dax_get_private(): the driver's pointer from alloc_dax(); NULL for a dead device. */
export function* dax_get_private(k: Kernel, _: Arguments): Steps<Result> {
	if (!(yield test_bit(k.dax_dev.flags))) return null;
	return (yield load(k.dax_dev.private)) === null ? null : 'ok';
}
