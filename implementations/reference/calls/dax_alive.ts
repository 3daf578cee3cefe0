// SPDX-License-Identifier: MIT
import { type Steps, test_bit } from '../access';
import type { Arguments, Kernel, Result } from '../kernel';

/** dax_alive(): the answer holds as long as the read section that it was asked in (7b6be8444e0f). */
export function* dax_alive(k: Kernel, _: Arguments): Steps<Result> {
	return (yield test_bit(k.dax_dev.flags)) ? 'alive' : 'dead';
}
