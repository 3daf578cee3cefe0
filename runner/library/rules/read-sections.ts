// SPDX-License-Identifier: MIT

import type { Call } from '../../../schema/types/vector';
import { callsOf, type Found } from '../vector-parts';
import type { Rule } from './rule';

/** A thread or callback leaves every read section that it enters, and no other; otherwise a removal waits for ever. */
export const readSections: Rule = function* ({ source, vector }) {
	const lists = new Map<string, Found<Call>[]>();
	for (const each of callsOf(vector)) {
		const place = each.path.slice(0, -1).join('/');
		lists.set(place, [...(lists.get(place) ?? []), each]);
	}
	for (const list of lists.values()) {
		const open: Found<Call>[] = [];
		for (const each of list) {
			if (each.value.call === 'dax_read_lock') open.push(each);
			if (each.value.call !== 'dax_read_unlock' || open.pop()) continue;
			yield source.diagnose([...each.path, 'call'], {
				code: 'E_CALL',
				message: 'dax_read_unlock() without dax_read_lock()',
				hint: 'Put a dax_read_lock before it, in the same list of calls.',
			});
		}
		for (const { path } of open)
			yield source.diagnose([...path, 'call'], {
				code: 'E_CALL',
				message: 'dax_read_lock() without dax_read_unlock()',
				hint: 'Put a dax_read_unlock after it, in the same list of calls.',
			});
	}
};
