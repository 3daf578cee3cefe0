// SPDX-License-Identifier: MIT
// Generated from program.schema.json by "npm run types". Do not edit.
import type {
	CallName,
	DaxOperation,
	DriverType,
	FailureFlags,
	FailureLength,
	FailureOffset
} from './common';

/**
 * The input of an implementation: one variant of a vector with every $word replaced by its value, without expectations.
 */
export interface Program {
	/**
	 * Id of the vector and its variant, such as DAXV-0001/fs_dax_get.
	 */
	id: string;
	/**
	 * Callbacks by holder; null where the holder's operations have none.
	 */
	holders: {
		[k: string]: null | {
			/**
			 * Return value of notify_failure: ok or an error.
			 */
			returns: string;
			/**
			 * Calls made from inside notify_failure, in order.
			 */
			calls: ProgramCall[];
			/**
			 * Members that its dax_operations lack; by default none.
			 */
			lacks?: DaxOperation[];
		};
	};
	device: InitialDevice;
	/**
	 * A second dax_device before setup, with a disk, a driver and a number of its own; null for memory of a device that is not allocated yet. Without it there is one device, and memory for one.
	 */
	log?: InitialDevice | null;
	/**
	 * Calls made one after the other before the threads start, outside the schedule.
	 */
	setup: ProgramCall[];
	/**
	 * Agents 0, 1, ... of schedules and events.
	 *
	 * @minItems 1
	 */
	threads: {
		name: string;
		/**
		 * @minItems 1
		 */
		calls: ProgramCall[];
	}[];
}
export interface ProgramCall {
	/**
	 * Number of this call, unique in the program; results and events refer to it.
	 */
	site: number;
	call: CallName;
	/**
	 * The dax_device argument: null for a NULL pointer, log for the second device, or the site of an earlier call of the same thread whose result is passed. Without it, the device. A call that takes a disk or a number takes that of the device.
	 */
	device?: null | 'log' | number;
	holder?: string | null;
	ops?: string | null;
	offset?: FailureOffset;
	length?: FailureLength;
	flags?: FailureFlags;
	/**
	 * Set if the execution must report *start_off of fs_dax_get_by_bdev().
	 */
	start_off?: true;
	driver?: DriverType;
}
/**
 * A dax_device before setup.
 */
export interface InitialDevice {
	alive: boolean;
	holder: string | null;
	ops: string | null;
	refs: number;
}
