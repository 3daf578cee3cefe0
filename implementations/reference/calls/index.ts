// SPDX-License-Identifier: MIT
/** The calls as upstream merged them: 7ae9d15bdcde and 7a6db2eb6d5d. */
import type { Calls } from '../kernel';
import { dax_holder } from './dax_holder';
import { dax_holder_notify_failure } from './dax_holder_notify_failure';
import { fs_dax_get } from './fs_dax_get';
import { fs_dax_get_by_bdev } from './fs_dax_get_by_bdev';
import { fs_put_dax } from './fs_put_dax';
import { kill_dax } from './kill_dax';
import { put_dax } from './put_dax';
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
} satisfies Calls;
