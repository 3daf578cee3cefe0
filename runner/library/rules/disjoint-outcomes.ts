// SPDX-License-Identifier: MIT
import type { Callbacks, Outcome, Warnings } from '../../../schema/types/vector';
import type { LiveVector } from '../vector';
import { alternatives } from '../vector-parts';
import type { Rule } from './rule';

/** Outcomes exclude each other: any two expect different values of one result, field, callback, warning or fault. */
export const disjointOutcomes: Rule = function* ({ source, variants }) {
	for (const { name: variant, vector } of variants) {
		const outcomes = Object.entries(vector.outcomes ?? {}).map(
			([name, outcome]) => [name, constraints(outcome, vector)] as const,
		);
		for (const [index, [name, outcome]] of outcomes.entries()) {
			const other = outcomes.slice(0, index).find(([, earlier]) => overlap(earlier, outcome));
			if (!other) continue;
			yield source.diagnose(['outcomes', name], {
				code: 'E_OVERLAP',
				message: `outcomes "${other[0]}" and "${name}" overlap${variant === null ? '' : ` in variant ${variant}`}`,
				hint: 'Name a result, field or callback in both, with different values.',
				at: 'key',
			});
			return;
		}
	}
};

/** Allowed values of an outcome, by result, field, callback, warning or faults. */
type Constraints = Map<string, readonly unknown[]>;

function constraints(outcome: Outcome, vector: LiveVector): Constraints {
	const found: Constraints = new Map();
	for (const [name, value] of Object.entries(outcome.results ?? {}))
		found.set(`results ${name}`, alternatives(value));
	for (const device of ['device', 'log'] as const)
		for (const [field, value] of Object.entries(outcome[device] ?? {}))
			found.set(`${device} ${field}`, alternatives(value));
	for (const [holder, expected] of Object.entries(outcome.callbacks ?? {}))
		found.set(`callbacks ${holder}`, times(expected));
	warnings(found, outcome.warnings ?? vector.warnings ?? 'none');
	found.set('faults', [[...(outcome.faults ?? [])].sort().join(' ')]);
	return found;
}

function times(expected: Callbacks[string]): readonly number[] {
	if (typeof expected === 'number' || Array.isArray(expected))
		return alternatives<number>(expected);
	return alternatives(expected.times);
}

function warnings(found: Constraints, expected: Warnings): void {
	for (const name of ['fs_put_dax', 'dax_destroy_inode'] as const)
		found.set(`warnings ${name}`, expected === 'none' ? [0] : alternatives(expected[name] ?? 0));
}

function overlap(a: Constraints, b: Constraints): boolean {
	for (const [name, values] of a) {
		const others = b.get(name);
		if (others && !values.some((value) => others.includes(value))) return false;
	}
	return true;
}
