// SPDX-License-Identifier: MIT
import type { Steps } from '../access';
import type { Arguments, Kernel, Result } from '../kernel';

/** queue_limits_set(): sets limits of the disk's queue that lack BLK_FEAT_DAX. */
// biome-ignore lint/correctness/useYield: a setup call, which records no event
export function* queue_limits_set(k: Kernel, _: Arguments): Steps<Result> {
	k.disk.dax = false;
	return 'ok';
}
