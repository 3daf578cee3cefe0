// SPDX-License-Identifier: MIT
/**
 * The revisions of drivers/dax/super.c in the history of the holder protocol, oldest first. Each is the merged calls,
 * some of them replaced or left out.
 */
import { MERGED } from '../../revision-names';
import { merged } from '../calls';
import type { Calls } from '../kernel';
import { findAlive, findAny } from './dax_dev_find';
import { doubleFetch } from './dax_holder_notify_failure';
import { directAccess, recoveryWrite, zeroPageRange } from './dax_operations';
import { dataFirst, opsFirst, warnUnlessHolder } from './fs_put_dax';
import { withoutFlag } from './kill_dax';

export interface Revision {
	readonly about: string;
	readonly calls: Calls;
}

/** v7.1 (eec38f5d86d2) added fs_dax_get(). */
const v7_1: Calls = {
	...merged,
	fs_put_dax: dataFirst,
	dax_holder_notify_failure: doubleFetch,
};
const {
	fs_dax_get: _get,
	dax_dev_get: _devGet,
	dax_set_ops: _setOps,
	device_driver_attach: _attach,
	device_release_driver: _release,
	...holderCalls
} = v7_1;
/** dax_set_ops() made devices without operations possible. */
const beforeV7_1: Calls = {
	...holderCalls,
	dax_direct_access: directAccess,
	dax_zero_page_range: zeroPageRange,
	dax_recovery_write: recoveryWrite,
};
/** Up to V4, the series replaced dax_dev_get() with dax_dev_find(). */
const { dax_dev_get: _replaced, ...series } = v7_1;

export const revisions: Readonly<Record<string, Revision>> = {
	'v6.0': {
		about: 'holders as first merged, 8012b8660855',
		calls: { ...beforeV7_1, kill_dax: withoutFlag },
	},
	'v6.8': {
		about: 'kill_dax() passes MF_MEM_PRE_REMOVE, fa422b353d21',
		calls: beforeV7_1,
	},
	'v6.12-stable': {
		about: 'v6.8 with the single-fetch notify of 7ae9d15bdcde, as in Debian',
		calls: { ...beforeV7_1, dax_holder_notify_failure: merged.dax_holder_notify_failure },
	},
	'v7.1': {
		about: 'v6.8 with fs_dax_get(), eec38f5d86d2',
		calls: v7_1,
	},
	'series-v1': {
		about: 'series V1 and V2: operations cleared first, no WARN',
		calls: { ...series, fs_put_dax: opsFirst, dax_dev_find: findAny },
	},
	'series-v3': {
		about: 'series V3: WARN unless the holder was found',
		calls: { ...series, fs_put_dax: warnUnlessHolder, dax_dev_find: findAlive },
	},
	'series-v4': {
		about: 'series V4: WARN only when another holder was found',
		calls: { ...series, fs_put_dax: merged.fs_put_dax, dax_dev_find: findAlive },
	},
	[MERGED]: {
		about: 'v7.3 and 7.2.y, 7ae9d15bdcde and 7a6db2eb6d5d',
		calls: merged,
	},
};
