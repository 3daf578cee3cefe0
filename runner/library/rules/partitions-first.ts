// SPDX-License-Identifier: MIT
import { callsOf } from '../vector-parts';
import type { Rule } from './rule';

/** Partitions are added in setup: an implementation does not explore changes of the partition table. */
export const partitionsFirst: Rule = function* ({ source, vector }) {
	for (const { path, value } of callsOf(vector))
		if (value.call === 'bdev_add_partition' && path[0] !== 'setup')
			yield source.diagnose([...path, 'call'], {
				code: 'E_CALL',
				message: 'bdev_add_partition() outside of setup',
				hint: 'Move it to setup: fs_dax_get_by_bdev() is called for the partition that was added last.',
			});
};
