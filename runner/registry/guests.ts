// SPDX-License-Identifier: MIT
/** Guests of live kernels that outlive a command, and watchers of live kernels. */
export {
	bootPersistentGuest,
	persistentGuest,
	stopPersistentGuest,
} from '../../implementations/kernel/persistent-guest';
export { watchGuest, watchHost } from '../../implementations/kernel/tracing/watcher';
