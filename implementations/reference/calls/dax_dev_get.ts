// SPDX-License-Identifier: MIT
import { type Steps, set_bit } from '../access';
import { type Found, lookUp } from '../inode';
import type { Arguments, Kernel, Result } from '../kernel';

/**
 * dax_dev_get(): returns the device of a number, alive or not; if there is none, makes one, alive, without a driver
 * (exported by 2ae624d5a555, v7.1).
 */
export function* dax_dev_get(k: Kernel, _: Arguments): Steps<Result> {
	const found: Found = yield* lookUp(k, k.dax_dev.number, true);
	if (found === null) return null;
	if (found === 'new') yield set_bit(k.dax_dev.flags);
	return 'ok';
}
