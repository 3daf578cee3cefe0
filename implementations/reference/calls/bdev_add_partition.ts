// SPDX-License-Identifier: MIT
import type { Steps } from '../access';
import type { Arguments, Kernel, Result } from '../kernel';

/** bdev_add_partition(): adds the partition that fs_dax_get_by_bdev() uses from then on. */
// biome-ignore lint/correctness/useYield: a setup call, which records no event
export function* bdev_add_partition(k: Kernel, { offset, length }: Arguments): Steps<Result> {
	k.disk.start = Number(offset);
	k.disk.size = Number(length);
	return 'ok';
}
