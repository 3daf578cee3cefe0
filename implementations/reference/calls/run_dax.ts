// SPDX-License-Identifier: MIT
import { type Steps, set_bit } from '../access';
import type { Arguments, Kernel, Result } from '../kernel';

/** run_dax(): makes the device alive, also after kill_dax(); checks nothing. */
export function* run_dax(k: Kernel, _: Arguments): Steps<Result> {
	yield set_bit(k.dax_dev.flags);
	return 'ok';
}
