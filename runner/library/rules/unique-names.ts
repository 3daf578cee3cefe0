// SPDX-License-Identifier: MIT
import { callsOf } from '../vector-parts';
import type { Rule } from './rule';

/** Names of calls and threads are unique, so that a moment can name either. */
export const uniqueNames: Rule = function* ({ source, vector }) {
	const seen = new Set(Object.keys(vector.threads ?? {}));
	for (const { path, value } of callsOf(vector)) {
		if (value.as === undefined) continue;
		if (seen.has(value.as))
			yield source.diagnose([...path, 'as'], {
				code: 'E_DUPLICATE_NAME',
				message: `another call or thread has the name "${value.as}"`,
				hint: 'Give this call another name.',
			});
		seen.add(value.as);
	}
};
