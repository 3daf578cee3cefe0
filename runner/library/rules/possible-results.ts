// SPDX-License-Identifier: MIT

import { signatures } from '../../../implementations/calls';
import type { LiveVector } from '../vector';
import { alternatives, callsOf, resultsOf } from '../vector-parts';
import type { Rule } from './rule';

/** The call can return the expected result: fs_dax_get_by_bdev(), for example, never returns -EBUSY. */
export const possibleResults: Rule = function* ({ source, variants }) {
	for (const { name: variant, vector } of variants) {
		const possible = possibleByName(vector);
		const offsets = new Set([...callsOf(vector)].map(({ value }) => value.start_off));
		for (const { path, value } of resultsOf(vector))
			for (const [name, expected] of Object.entries(value))
				for (const [index, result] of alternatives(expected).entries()) {
					const results = possible.get(name);
					if (!results || results.includes(result as string | null)) continue;
					if (typeof result === 'number' && offsets.has(name)) continue;
					yield source.diagnose(
						Array.isArray(expected) ? [...path, name, index] : [...path, name],
						{
							code: 'E_RESULT',
							message: `"${name}" cannot be ${String(result)}${variant === null ? '' : ` in variant ${variant}`}`,
							hint: `It can be: ${results.map(String).join(', ')}.`,
						},
					);
				}
	}
};

function possibleByName(vector: LiveVector): Map<string, (string | null)[]> {
	const holders = Object.entries(vector.holders ?? {});
	const errors = ['ok', '-EOPNOTSUPP', '-ENXIO'];
	for (const [, { notify_failure }] of holders)
		if (notify_failure?.returns && !errors.includes(notify_failure.returns))
			errors.push(notify_failure.returns);

	const possible = new Map<string, (string | null)[]>();
	for (const { value } of callsOf(vector)) {
		if (value.start_off !== undefined) possible.set(value.start_off, ['untouched', 'not-called']);
		if (value.as === undefined || !Object.hasOwn(signatures, value.call)) continue;
		const { returns: all } = signatures[value.call as keyof typeof signatures];
		const returns = all.filter((result) => result !== 'log' || vector.log !== undefined);
		const results = returns.flatMap((result): (string | null)[] => {
			if (result === 'null') return [null];
			if (result === 'holder') return holders.map(([name]) => name);
			if (result === 'errors') return errors;
			return [result];
		});
		// The kernel may never run a callback, and a fault may end a thread before the call.
		results.push('not-called');
		possible.set(value.as, results);
	}
	return possible;
}
