// SPDX-License-Identifier: MIT
import { callsOf } from '../vector-parts';
import type { Rule } from './rule';

const HINTS: Readonly<Record<string, string>> = {
	bdev_add_partition:
		'Move it to setup: fs_dax_get_by_bdev() is called for the partition that was added last.',
	queue_limits_set: 'Move it to setup: the disk of a running system keeps its limits.',
};

/** The disk is made in setup: an implementation does not explore changes of its partitions and limits. */
export const partitionsFirst: Rule = function* ({ source, vector }) {
	for (const { path, value } of callsOf(vector)) {
		const hint = Object.hasOwn(HINTS, value.call) ? HINTS[value.call] : undefined;
		if (hint !== undefined && path[0] !== 'setup')
			yield source.diagnose([...path, 'call'], {
				code: 'E_CALL',
				message: `${value.call}() outside of setup`,
				hint,
			});
	}
};
