// SPDX-License-Identifier: MIT
import { callsOf } from '../vector-parts';
import type { Rule } from './rule';

/** Names of calls and threads are unique, so that a moment can name either. */
export const uniqueNames: Rule = function* ({ source, vector }) {
	const seen = new Set(Object.keys(vector.threads ?? {}));
	for (const { path, value } of callsOf(vector))
		for (const key of ['as', 'start_off'] as const) {
			const name = value[key];
			if (name === undefined) continue;
			if (seen.has(name))
				yield source.diagnose([...path, key], {
					code: 'E_DUPLICATE_NAME',
					message: `another call or thread has the name "${name}"`,
					hint: 'Give this call another name.',
				});
			seen.add(name);
		}
};
