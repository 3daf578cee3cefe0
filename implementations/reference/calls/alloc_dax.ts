// SPDX-License-Identifier: MIT
import { type Steps, set_bit, store } from '../access';
import { allocMinor, type Found, freeMinor, lookUp } from '../inode';
import type { Arguments, Kernel, Result } from '../kernel';

/**
 * alloc_dax(): makes a device, alive, with a free number; refuses operations without zero_page_range. Its memory has
 * the contents of the last device: the slab's constructor ran once, and alloc_dax() does not clear the holder.
 */
export function* alloc_dax(k: Kernel, { ops }: Arguments): Steps<Result> {
	const incomplete = ops !== null && !k.hasOperation(ops, 'zero_page_range');
	k.WARN_ON(incomplete, 'alloc_dax');
	if (incomplete) return '-EINVAL';
	const minor = yield* allocMinor(k);
	const found: Found = yield* lookUp(k, minor, true);
	if (found === null) {
		yield* freeMinor(k, () => minor);
		return '-ENOMEM';
	}
	// dax_dev_get() makes a device without allocating its minor: lookUp() can find it, and the stores overwrite it.
	const { dax_dev } = k;
	if (found === 'new') yield set_bit(dax_dev.flags);

	yield store(dax_dev.ops, ops);
	yield store(dax_dev.private, 'set');
	return 'ok';
}
