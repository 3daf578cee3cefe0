// SPDX-License-Identifier: MIT
/** Prints the outcomes of a vector as a condition on the end state of a litmus test. */
import type { Value } from '../../schema/types/execution';
import type { Outcome } from '../../schema/types/vector';
import type { Case } from '../library/compile';
import { alternatives } from '../library/vector-parts';
import { callbackRegister, type Encoding, resultRegister } from './encoding';
import type { PrintedThread } from './from-threads';
import { NotExpressible } from './not-expressible';

export interface Printed {
	/** References to the device when the threads start. */
	readonly references: number;
	readonly threads: readonly PrintedThread[];
	readonly encoding: Encoding;
}

/** Device fields by the keys of an outcome. An outcome counts refs relative to the start. */
const FIELDS = { alive: 'flags', holder: 'holder_data', ops: 'holder_ops', refs: 'i_count' };

/**
 * Prints a condition that is true for end states with one of the outcomes. Throws NotExpressible if an outcome is about
 * more than an end state.
 */
export function conditionOf({ vector }: Case, printed: Printed): string {
	const warnings = vector.warnings ?? 'none';
	const allowed = Object.values(vector.outcomes ?? {})
		.map((outcome) => conjunction({ warnings, ...outcome }, printed))
		.filter((each) => each !== null && each !== '()');
	if (allowed.length === 0) throw new NotExpressible('its outcomes say nothing about end states');
	return allowed.join(' \\/\n         ');
}

/** Prints one outcome as a conjunction; null if no path of the threads has the outcome. */
function conjunction(outcome: Outcome, { references, threads, encoding }: Printed): string | null {
	const { results, device, callbacks, warnings = 'none', faults } = outcome;
	if (faults) throw new NotExpressible('it expects faults');
	const isOneOf = (place: string, values: readonly Value[]): string => {
		const terms = values.map((value) => `${place}=${encoding.number(value)}`);
		return terms.length === 1 ? terms.join() : `(${terms.join(' \\/ ')})`;
	};
	const terms: string[] = [];
	let impossible = false;
	/** Requires a sum over all threads. A condition cannot add registers, so at most one thread may set the register. */
	const count = (name: string, sums: readonly number[]): void => {
		const setBy = [...threads.keys()].filter((each) => threads[each]?.registers.includes(name));
		if (setBy.length > 1 && sums.some((sum) => sum !== 0))
			throw new NotExpressible(`several threads set ${name}, and a condition cannot add registers`);
		impossible ||= setBy.length === 0 && !sums.includes(0);
		terms.push(...setBy.map((thread) => isOneOf(`${thread}:${name}`, sums)));
	};
	count('fault', [0]);
	count(
		'warned',
		warnings === 'none' ? [0] : Object.values(warnings).flatMap(alternatives<number>),
	);
	for (const [name, value] of Object.entries(results ?? {})) {
		const register = resultRegister(name);
		const thread = threads.findLastIndex(({ registers }) => registers.includes(register));
		if (thread < 0 || alternatives<Value>(value).includes('not-called'))
			throw new NotExpressible(`an end state does not say whether ${name} was called`);
		terms.push(isOneOf(`${thread}:${register}`, alternatives<Value>(value)));
	}
	for (const key of ['alive', 'holder', 'ops', 'refs'] as const) {
		const value = device?.[key];
		if (value === undefined) continue;
		const values = alternatives<Value>(value);
		const absolute = values.map((each) => (key === 'refs' ? Number(each) + references : each));
		terms.push(isOneOf(FIELDS[key], absolute));
	}
	for (const [holder, value] of Object.entries(callbacks ?? {})) {
		if (typeof value === 'object' && 'times' in value)
			throw new NotExpressible('it expects arguments of callbacks');
		count(callbackRegister(holder), alternatives<number>(value));
	}
	return impossible ? null : `(${terms.join(' /\\ ')})`;
}
