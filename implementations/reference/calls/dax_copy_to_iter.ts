// SPDX-License-Identifier: MIT
import { type Steps, test_bit } from '../access';
import type { Arguments, Kernel, Result } from '../kernel';

/** dax_copy_to_iter(): copies all bytes; none of a dead device. */
export function* dax_copy_to_iter(k: Kernel, _: Arguments): Steps<Result> {
	return (yield test_bit(k.dax_dev.flags)) ? 'ok' : 'none';
}
