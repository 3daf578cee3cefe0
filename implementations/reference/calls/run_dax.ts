// SPDX-License-Identifier: MIT
import { type Steps, set_bit } from '../access';
import type { Arguments, Kernel, Result } from '../kernel';

/** run_dax(): makes the device alive, again where it was dead; looks at nothing else. */
export function* run_dax(k: Kernel, _: Arguments): Steps<Result> {
	yield set_bit(k.dax_dev.flags);
	return 'ok';
}
