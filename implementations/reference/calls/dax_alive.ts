// SPDX-License-Identifier: MIT
import { type Steps, test_bit } from '../access';
import type { Arguments, Kernel, Result } from '../kernel';

/** dax_alive(): its result holds until the end of the caller's read section (7b6be8444e0f). */
export function* dax_alive(k: Kernel, _: Arguments): Steps<Result> {
	return (yield test_bit(k.dax_dev.flags)) ? 'alive' : 'dead';
}
