// SPDX-License-Identifier: MIT
/** Life and death of the inode that is embedded in a dax_device. */
import { add_unless_zero, type Steps, test_bit } from './access';
import type { DaxDevice, Kernel } from './kernel';

/**
 * igrab(): fails once the count has reached zero, when the inode is on its way out. It increments under i_lock, which is
 * no barrier; i_lock itself is not modelled, so weak memory is given the least order that it could have.
 */
export function* igrab(dax_dev: DaxDevice): Steps<boolean> {
	return (yield add_unless_zero(dax_dev.i_count, 1, 'once')) > 0;
}

/** iput(): the last reference takes the device with it. */
export function* iput(k: Kernel, free: () => void): Steps<void> {
	if ((yield add_unless_zero(k.dax_dev.i_count, -1)) !== 1) return;

	// dax_destroy_inode(): "kill_dax() must be called before final iput()"
	k.WARN_ON(yield test_bit(k.dax_dev.flags), 'dax_destroy_inode');
	yield { op: 'free', object: 'dax_device', marked: true, memory: true, perform: free };
}
