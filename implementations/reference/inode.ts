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

/**
 * iput(): drops a reference; the last one frees the device. The inode is the first member of the device, so that it is
 * NULL where the device is.
 */
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
	const object = dax_dev === k.devices[0] ? 'dax_device' : 'log.dax_device';
	yield { op: 'free', object, marked: true, memory: true, perform: free };
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
 * caller allows and there is memory. The device becomes the one that the call is about.
 * @param make  true to make a device if none is found
 * @param matches  true if a device with a minor is one that the caller looks for
 */
export function* lookUp(
	k: Kernel,
	minor: number,
	make: boolean,
	matches = (other: number) => other === minor,
): Steps<Found> {
	const { devices } = k;
	const wanted = { minor, make, matches };
	const found: number = yield search(devices, wanted);
	if (found < 0) return null;
	const index = found >> 1;
	k.dax_dev = devices[index] ?? devices[0];
	return found & 1 ? 'new' : 'found';
}

interface Wanted {
	readonly minor: number;
	readonly make: boolean;
	readonly matches: (minor: number) => boolean;
}

/**
 * One access, to the count of the device that is found or made, else of the first one. Its value is -1 for none; else
 * twice the index of the device, plus 1 if it is new.
 */
function search(devices: Kernel['devices'], { minor, make, matches }: Wanted): Access<number> {
	const [first] = devices;
	const perform = (event: Event): number => {
		const known = devices.find((each) => isHashed(each) && matches(each.minor));
		const taken = known ?? (make ? devices.find(({ freed }) => freed) : undefined);
		const { i_count } = taken ?? first;
		event.object = i_count.name;
		event.old = i_count.value;
		if (taken) i_count.value = known ? i_count.value + 1 : 1;
		event.new = i_count.value;
		if (!taken) return -1;
		const index = 2 * devices.indexOf(taken);
		if (known) return index;
		taken.freed = false;
		taken.minor = minor;
		return index + 1;
	};
	return { op: 'rmw', object: first.i_count.name, marked: true, memory: false, perform };
}

/** False once the last reference is gone, also before the memory is free. */
const isHashed = ({ freed, i_count }: DaxDevice): boolean => !freed && i_count.value > 0;
