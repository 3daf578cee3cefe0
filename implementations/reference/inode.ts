// SPDX-License-Identifier: MIT
/** References, allocation and freeing of the inode that is embedded in a dax_device. */
import type { Event } from '../../schema/types/execution';
import { type Access, dec_and_test, inc_not_zero, type Steps, test_bit, update } from './access';
import { type DaxDevice, type Kernel, NULL } from './kernel';

/**
 * igrab(): fails once the count has reached zero, when the inode is being freed. It increments under i_lock, which is no
 * barrier; i_lock itself is not modelled, so memory models see an unordered increment, the weakest case.
 */
export function* igrab(dax_dev: DaxDevice): Steps<boolean> {
	return yield inc_not_zero(dax_dev.i_count);
}

/** iput(): drops a reference; the last one frees the device. The inode is the first member of the device, so that it is NULL where the device is. */
export function* iput(k: Kernel): Steps<void> {
	const { dax_dev } = k;
	if (dax_dev === NULL) return;
	if (!(yield dec_and_test(dax_dev.i_count))) return;

	// dax_destroy_inode(): "kill_dax() must be called before final iput()"
	k.WARN_ON(yield test_bit(dax_dev.flags), 'dax_destroy_inode');
	yield* freeMinor(k, () => dax_dev.minor);
	const free = () => {
		dax_dev.freed = true;
	};
	yield { op: 'free', object: 'dax_device', marked: true, memory: true, perform: free };
}

/** ida_alloc_max(): takes the lowest free minor. */
export function* allocMinor({ minors: { used } }: Kernel): Steps<number> {
	const before: number = yield update(used, (bits) => bits | (~bits & (bits + 1)));
	return 31 - Math.clz32(~before & (before + 1));
}

/** ida_free() of the minor at that moment. */
export function* freeMinor({ minors: { used, taken } }: Kernel, minor: () => number): Steps<void> {
	if (taken) yield update(used, (bits) => bits & ~(1 << minor()));
}

/** Result of a lookup by device number: the inode was found, is new, or there is none. */
export type Found = 'found' | 'new' | null;

/**
 * ilookup5() and iget5_locked(): under its own lock the VFS finds the inode and takes a reference, or makes one if the
 * caller allows. The model makes this one access, and has memory for one device: while one exists, it makes no other.
 * @param make  true to make a device if none is found
 * @param matches  true if a device with a minor is one that the caller looks for
 */
export function lookUp(
	dax_dev: DaxDevice,
	minor: number,
	make: boolean,
	matches = (other: number) => other === minor,
): Access<Found> {
	const { i_count } = dax_dev;
	const take = (): Found => {
		if (dax_dev.freed) {
			if (!make) return null;
			dax_dev.freed = false;
			dax_dev.minor = minor;
			i_count.value = 1;
			return 'new';
		}
		if (!matches(dax_dev.minor) || i_count.value === 0) return null;
		i_count.value++;
		return 'found';
	};
	const perform = (event: Event): Found => {
		event.old = i_count.value;
		const found = take();
		event.new = i_count.value;
		return found;
	};
	return { op: 'rmw', object: i_count.name, marked: true, memory: false, perform };
}
