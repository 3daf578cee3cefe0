// SPDX-License-Identifier: MIT
/** The calls of the merged revision: as upstream since 7ae9d15bdcde and 7a6db2eb6d5d. */
import type { Calls } from '../kernel';
import { alloc_dax } from './alloc_dax';
import { bdev_add_partition } from './bdev_add_partition';
import { dax_add_host } from './dax_add_host';
import { dax_alive } from './dax_alive';
import { dax_copy_from_iter } from './dax_copy_from_iter';
import { dax_copy_to_iter } from './dax_copy_to_iter';
import { dax_dev_get } from './dax_dev_get';
import { dax_direct_access } from './dax_direct_access';
import { dax_get_private } from './dax_get_private';
import { dax_holder } from './dax_holder';
import { dax_holder_notify_failure } from './dax_holder_notify_failure';
import { dax_read_lock } from './dax_read_lock';
import { dax_read_unlock } from './dax_read_unlock';
import { dax_recovery_write } from './dax_recovery_write';
import { dax_remove_host } from './dax_remove_host';
import { dax_set_ops } from './dax_set_ops';
import { dax_zero_page_range } from './dax_zero_page_range';
import { device_driver_attach } from './device_driver_attach';
import { device_release_driver } from './device_release_driver';
import { fs_dax_get } from './fs_dax_get';
import { fs_dax_get_by_bdev } from './fs_dax_get_by_bdev';
import { fs_put_dax } from './fs_put_dax';
import { kill_dax } from './kill_dax';
import { put_dax } from './put_dax';
import { queue_limits_set } from './queue_limits_set';
import { run_dax } from './run_dax';

export const merged = {
	fs_dax_get,
	fs_dax_get_by_bdev,
	fs_put_dax,
	put_dax,
	kill_dax,
	run_dax,
	dax_holder_notify_failure,
	dax_holder,
	dax_alive,
	dax_read_lock,
	dax_read_unlock,
	dax_get_private,
	dax_set_ops,
	alloc_dax,
	dax_dev_get,
	dax_add_host,
	dax_remove_host,
	bdev_add_partition,
	dax_direct_access,
	dax_zero_page_range,
	dax_recovery_write,
	dax_copy_from_iter,
	dax_copy_to_iter,
	queue_limits_set,
	device_driver_attach,
	device_release_driver,
} satisfies Calls;
