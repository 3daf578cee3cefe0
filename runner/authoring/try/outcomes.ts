// SPDX-License-Identifier: MIT
/** Ends as the outcomes of a vector, each with a name of its own. */

import { signatures } from '../../../implementations/calls';
import type { CallName } from '../../../schema/types/common';
import type { Outcome } from '../../../schema/types/vector';
import type { LiveVector } from '../../library/vector';
import { callsOf } from '../../library/vector-parts';
import { type End, endKey } from './ends';

/**
 * Outcomes by name, in the order of the ends, without callbacks that never ran and results that are always the same.
 * meaning gives the word of a variant for a result.
 */
export function outcomesOf(
	vector: LiveVector,
	ends: readonly End[],
	meaning: (result: unknown) => unknown = (result) => result,
): Record<string, Outcome> {
	const distinct = [...new Map(ends.map((end) => [endKey(end), end])).values()];
	const variable = variableResults(vector);
	const called = (holder: string) => distinct.some(({ callbacks }) => callbacks[holder] !== 0);
	const named = nameEnds(distinct, variable, meaning);
	return Object.fromEntries(
		distinct.map((end, index) => [
			named[index] ?? '',
			outcome({
				...end,
				results: only(end.results, (name) => variable.has(name)),
				callbacks: only(end.callbacks, called),
			}),
		]),
	);
}

function outcome({ results, device, log, callbacks, warnings, faults }: End): Outcome {
	const some = (value: object) => Object.keys(value).length > 0;
	return {
		...(some(results) && { results }),
		...(some(device) && { device }),
		...(log && { log }),
		...(some(callbacks) && { callbacks }),
		...(some(warnings) && { warnings }),
		...(faults.length > 0 && { faults }),
	} as unknown as Outcome;
}

/** Names of the calls that can return more than one value. */
export function variableResults(vector: LiveVector): Set<string> {
	const names = new Set<string>();
	for (const { path, value } of callsOf(vector)) {
		const returns = signatures[value.call as CallName]?.returns ?? [];
		const inCallback = path[0] === 'holders';
		if (value.as !== undefined && (inCallback || returns.length > 1 || returns[0] === 'errors'))
			names.add(value.as);
	}
	return names;
}

/** Characters of a name. */
const MAX_NAME = 32;

/** Names each end after its differences from the others, in as few words as possible. */
function nameEnds(
	ends: readonly End[],
	variable: ReadonlySet<string>,
	meaning: (result: unknown) => unknown,
): string[] {
	const words = ends.map((end) => wordsOf(end, variable, meaning));
	let names: string[] = ends.map(() => '');
	for (let index = 0; index < (words[0]?.length ?? 0); index++) {
		const longer = names.map((name, at) => [name, words[at]?.[index]].filter(Boolean).join('-'));
		if (new Set(longer).size > new Set(names).size) names = longer;
	}
	return names.map((name, index) => {
		const usable = name !== '' && name.length <= MAX_NAME && names.indexOf(name) === index;
		return usable ? name : ends.length === 1 ? 'end' : `end-${index + 1}`;
	});
}

/** The same number of words for each end of one program, the most familiar first. */
function wordsOf(
	{ results, device, callbacks, warnings, faults }: End,
	variable: ReadonlySet<string>,
	meaning: (result: unknown) => unknown,
): string[] {
	const word = (value: unknown) =>
		String(value)
			.replace(/[^\w-]/g, '-')
			.replace(/^-+/, '');
	const { holder, ops, alive, refs } = device;
	return [
		...[...variable].map((name) => `${name}-${word(meaning(results[name]))}`),
		...Object.entries(callbacks).map(([name, times]) =>
			times === 0 ? `${name}-not-told` : times === 1 ? `${name}-told` : `${name}-told-${times}`,
		),
		Object.keys(warnings).length > 0 ? 'warns' : '',
		faults.join('-'),
		holder === undefined ? '' : holder === null ? 'free' : `of-${holder}`,
		ops === undefined ? '' : ops === null ? 'no-ops' : `ops-${ops}`,
		alive === undefined ? '' : alive ? 'alive' : 'dead',
		refs === undefined ? '' : refs < 0 ? `refs-minus-${-refs}` : `refs-${refs}`,
	];
}

const only = <T>(record: Record<string, T>, keep: (name: string) => boolean): Record<string, T> =>
	Object.fromEntries(Object.entries(record).filter(([name]) => keep(name)));
