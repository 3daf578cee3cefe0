// SPDX-License-Identifier: MIT
import { callsOf } from '../vector-parts';
import type { Rule } from './rule';

/** Nobody watches a partition table change: partitions are made before the threads run. */
export const partitionsFirst: Rule = function* ({ source, vector }) {
	for (const { path, value } of callsOf(vector))
		if (value.call === 'bdev_add_partition' && path[0] !== 'setup')
			yield source.diagnose([...path, 'call'], {
				code: 'E_CALL',
				message: 'bdev_add_partition() outside of setup',
				hint: 'Move it to setup: fs_dax_get_by_bdev() is of the partition that was added last.',
			});
};
