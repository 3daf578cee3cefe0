// SPDX-License-Identifier: MIT
/** Guests of live kernels that outlive a command, and watchers of live kernels. */
export {
	bootPersistentGuest,
	persistentGuest,
	stopPersistentGuest,
} from '../../implementations/kernel/persistent-guest';
export { watchGuest } from '../../implementations/kernel/tracing/pmem-guest';
export { PmemGuests } from '../../implementations/kernel/tracing/pmem-guests';
export { watchHost } from '../../implementations/kernel/tracing/watcher';
