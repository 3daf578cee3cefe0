// SPDX-License-Identifier: MIT
/** Guests of live kernels that outlive a command. */
export {
	bootPersistentGuest,
	persistentGuest,
	stopPersistentGuest,
} from '../../implementations/kernel/persistent-guest';
export { removal } from '../../implementations/kernel/scenario';
