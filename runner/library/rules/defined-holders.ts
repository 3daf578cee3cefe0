// SPDX-License-Identifier: MIT
import { holdersOf } from '../vector-parts';
import type { Rule } from './rule';

/** Every holder that a vector names is defined under holders, so that a misspelt name does not become a new holder. */
export const definedHolders: Rule = function* ({ source, vector }) {
	const defined = Object.keys(vector.holders ?? {});
	const reported = new Set<string>();
	for (const { path, value, at } of holdersOf(vector)) {
		if (value === null || defined.includes(value) || reported.has(value)) continue;
		reported.add(value);
		yield source.diagnose(path, {
			code: 'E_HOLDER',
			message: `holder "${value}" is not defined`,
			hint:
				defined.length > 0
					? `Use one of ${defined.join(', ')}, or add it under holders.`
					: `Add it: "holders: {${value}: {}}".`,
			at,
		});
	}
};
