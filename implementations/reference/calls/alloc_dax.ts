// SPDX-License-Identifier: MIT
import { type Steps, set_bit, store } from '../access';
import { allocMinor, type Found, freeMinor, lookUp } from '../inode';
import type { Arguments, Kernel, Result } from '../kernel';

/**
 * alloc_dax(): a new device, alive, under a number that nobody has. Its memory is what the last one left: the slab's
 * constructor ran once, and nothing here clears the holder.
 */
export function* alloc_dax(k: Kernel, _: Arguments): Steps<Result> {
	const { dax_dev } = k;

	const minor = yield* allocMinor(k);
	const found: Found = yield lookUp(dax_dev, minor, true);
	if (found === null) {
		yield* freeMinor(k, minor);
		return '-ENOMEM';
	}
	// It is found where dax_dev_get() made a device whose minor nobody took: then it is overwritten.
	if (found === 'new') yield set_bit(dax_dev.flags);

	yield store(dax_dev.ops, null);
	yield store(dax_dev.private, 'set');
	return 'ok';
}
