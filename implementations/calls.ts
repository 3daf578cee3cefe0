// SPDX-License-Identifier: MIT
/** The calls of format 1, each with its arguments and results. */
import type { CallName, FieldName } from '../schema/types/common';

export interface Signature {
	/** Required arguments. */
	readonly needs: readonly ('holder' | 'ops' | 'driver' | 'offset' | 'length')[];
	/** Optional arguments. log: the device may be the log, because the call takes the disk or the number of a device. */
	readonly takes: readonly (
		| 'device'
		| 'log'
		| 'ops'
		| 'offset'
		| 'length'
		| 'flags'
		| 'start_off'
	)[];
	/**
	 * Possible results. log: the second device; holder: any holder of the vector; errors: ok or any error that a callback
	 * returns.
	 */
	readonly returns: readonly (
		| 'ok'
		| 'log'
		| 'null'
		| 'holder'
		| 'alive'
		| 'dead'
		| 'errors'
		| 'none'
		| `-E${string}`
	)[];
}

export const signatures: Readonly<Record<CallName, Signature>> = {
	fs_dax_get: {
		needs: ['holder', 'ops'],
		takes: ['device'],
		returns: ['ok', '-ENODEV', '-EBUSY', '-EOPNOTSUPP'],
	},
	fs_dax_get_by_bdev: {
		needs: ['holder', 'ops'],
		takes: ['log', 'start_off'],
		returns: ['ok', 'log', 'null'],
	},
	fs_put_dax: { needs: ['holder'], takes: ['device'], returns: ['ok'] },
	put_dax: { needs: [], takes: ['device'], returns: ['ok'] },
	kill_dax: { needs: [], takes: ['device'], returns: ['ok'] },
	run_dax: { needs: [], takes: ['device'], returns: ['ok'] },
	dax_holder_notify_failure: {
		needs: [],
		takes: ['device', 'offset', 'length', 'flags'],
		returns: ['errors'],
	},
	dax_holder: { needs: [], takes: ['device'], returns: ['null', 'holder'] },
	dax_alive: { needs: [], takes: ['device'], returns: ['alive', 'dead'] },
	dax_read_lock: { needs: [], takes: [], returns: ['ok'] },
	dax_read_unlock: { needs: [], takes: [], returns: ['ok'] },
	dax_get_private: { needs: [], takes: ['device'], returns: ['ok', 'null'] },
	dax_set_ops: { needs: ['ops'], takes: ['device'], returns: ['ok', '-EBUSY'] },
	alloc_dax: {
		needs: [],
		takes: ['ops'],
		returns: ['ok', 'log', '-ENOMEM', '-EINVAL', '-EOPNOTSUPP'],
	},
	dax_dev_get: { needs: [], takes: ['log'], returns: ['ok', 'log', 'null'] },
	dax_dev_find: { needs: [], takes: ['log'], returns: ['ok', 'log', 'null'] },
	dax_add_host: { needs: [], takes: ['device'], returns: ['ok', '-EBUSY'] },
	dax_remove_host: { needs: [], takes: ['log'], returns: ['ok'] },
	dax_direct_access: {
		needs: [],
		takes: ['device', 'offset', 'length'],
		returns: ['holder', 'none', '-ENXIO', '-EOPNOTSUPP', '-EINVAL', '-ERANGE'],
	},
	dax_zero_page_range: {
		needs: [],
		takes: ['device', 'offset', 'length'],
		returns: ['holder', '-ENXIO', '-EOPNOTSUPP', '-EIO'],
	},
	dax_recovery_write: { needs: [], takes: ['device', 'offset'], returns: ['holder', 'none'] },
	dax_copy_from_iter: { needs: [], takes: ['device'], returns: ['ok', 'none'] },
	dax_copy_to_iter: { needs: [], takes: ['device'], returns: ['ok', 'none'] },
	queue_limits_set: { needs: [], takes: [], returns: ['ok'] },
	bdev_add_partition: { needs: ['offset', 'length'], takes: [], returns: ['ok'] },
	device_driver_attach: { needs: ['driver'], takes: ['ops'], returns: ['ok', '-EBUSY'] },
	device_release_driver: { needs: [], takes: [], returns: ['ok'] },
};

/** Calls that return a device, which a later call can be given. */
export const givesDevice: readonly CallName[] = [
	'fs_dax_get_by_bdev',
	'dax_dev_get',
	'dax_dev_find',
];

/** True for a call whose result is a pointer to a device. */
export const returnsDevice = (call: CallName): boolean =>
	call === 'alloc_dax' || givesDevice.includes(call);

/** The calls of the holder protocol. */
export const holderCalls: readonly CallName[] = [
	'fs_dax_get',
	'fs_dax_get_by_bdev',
	'fs_put_dax',
	'put_dax',
	'kill_dax',
	'run_dax',
	'dax_holder_notify_failure',
	'dax_holder',
	'dax_alive',
	'dax_read_lock',
	'dax_read_unlock',
];

/** The calls that the kernel module can make, each where the kernel has it. */
export const moduleCalls: readonly CallName[] = [
	...holderCalls,
	'dax_get_private',
	'dax_dev_get',
	'dax_set_ops',
	'queue_limits_set',
	'bdev_add_partition',
	'device_driver_attach',
	'device_release_driver',
	'dax_direct_access',
	'dax_zero_page_range',
	'dax_recovery_write',
	'dax_copy_from_iter',
	'dax_copy_to_iter',
];

/** The fields that vectors name, in the order of shim/tree.c. */
export const vectorFields: readonly FieldName[] = ['holder_data', 'holder_ops', 'flags', 'i_count'];
