// SPDX-License-Identifier: MIT
// Generated from export.schema.json by "npm run types". Do not edit.

/**
 * All vectors, variants expanded, every word filled in: dax-vectors export --json.
 */
export interface Export {
	/**
	 * Version of this format.
	 */
	format: 1;
	tool: 'dax-vectors';
	/**
	 * Version of dax-vectors.
	 */
	version: string;
	cases: {
		/**
		 * Vector and variant, such as DAXV-0001/fs_dax_get.
		 */
		id: string;
		/**
		 * A vector's permanent id, such as DAXV-0001.
		 */
		vector: string;
		title: string;
		status: 'normative' | 'open';
		tags: string[];
		/**
		 * As in the vector: vector.schema.json.
		 */
		bug: {};
		/**
		 * Fingerprint of what the vector means, as in the ledger.
		 */
		meaning: string;
		/**
		 * Of the program: a schedule means something for this program only.
		 */
		fingerprint: string;
		needs: {
			/**
			 * Items: A function of the holder protocol (drivers/dax/super.c), or one of the kernel that changes what it looks at (partitions, the driver of a device), by its kernel name.
			 */
			calls: (
				| 'fs_dax_get'
				| 'fs_dax_get_by_bdev'
				| 'fs_put_dax'
				| 'put_dax'
				| 'kill_dax'
				| 'run_dax'
				| 'dax_holder_notify_failure'
				| 'dax_holder'
				| 'dax_alive'
				| 'dax_read_lock'
				| 'dax_read_unlock'
				| 'dax_get_private'
				| 'dax_set_ops'
				| 'alloc_dax'
				| 'dax_dev_get'
				| 'dax_dev_find'
				| 'dax_add_host'
				| 'dax_remove_host'
				| 'bdev_add_partition'
				| 'device_driver_attach'
				| 'device_release_driver'
			)[];
			/**
			 * Items: A field of struct dax_device, by its kernel name. flags is its DAXDEV_ALIVE bit, i_count the reference count of the embedded inode.
			 */
			fields: ('holder_data' | 'holder_ops' | 'flags' | 'i_count')[];
		};
		program: Program;
		/**
		 * orders, outcomes, rules, warnings and races as in the vector: vector.schema.json.
		 */
		expectations: {};
	}[];
	/**
	 * Tombstones: ids that are never used again.
	 */
	retired: {
		/**
		 * A vector's permanent id, such as DAXV-0001.
		 */
		id: string;
		title: string;
		reason: string;
		/**
		 * A vector's permanent id, such as DAXV-0001.
		 */
		'replaced-by'?: string;
	}[];
}
/**
 * What an implementation executes: one variant of a vector with every word filled in, and nothing of what is expected.
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
			 * What notify_failure returns: ok or an error.
			 */
			returns: string;
			/**
			 * Calls made from inside notify_failure, in order.
			 */
			calls: ProgramCall[];
		};
	};
	/**
	 * The dax_device before setup.
	 */
	device: {
		alive: boolean;
		holder: string | null;
		ops: string | null;
		refs: number;
	};
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
	/**
	 * A function of the holder protocol (drivers/dax/super.c), or one of the kernel that changes what it looks at (partitions, the driver of a device), by its kernel name.
	 */
	call:
		| 'fs_dax_get'
		| 'fs_dax_get_by_bdev'
		| 'fs_put_dax'
		| 'put_dax'
		| 'kill_dax'
		| 'run_dax'
		| 'dax_holder_notify_failure'
		| 'dax_holder'
		| 'dax_alive'
		| 'dax_read_lock'
		| 'dax_read_unlock'
		| 'dax_get_private'
		| 'dax_set_ops'
		| 'alloc_dax'
		| 'dax_dev_get'
		| 'dax_dev_find'
		| 'dax_add_host'
		| 'dax_remove_host'
		| 'bdev_add_partition'
		| 'device_driver_attach'
		| 'device_release_driver';
	holder?: string | null;
	ops?: string | null;
	/**
	 * Offset of the failed range in the device, in bytes.
	 */
	offset?: number;
	/**
	 * Length of the failed range in bytes; U64_MAX is the whole device.
	 */
	length?: number | 'U64_MAX';
	/**
	 * The mf_flags argument of dax_holder_notify_failure(): 0 or a flag by its kernel name.
	 */
	flags?: 0 | 'MF_ACTION_REQUIRED' | 'MF_MEM_PRE_REMOVE';
	/**
	 * The type of a driver on the dax bus, by its kernel name (drivers/dax/bus.h). fs_dax_get() takes devices of DAXDRV_FSDEV_TYPE only.
	 */
	driver?: 'DAXDRV_FSDEV_TYPE' | 'DAXDRV_DEVICE_TYPE';
}
