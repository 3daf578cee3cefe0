// SPDX-License-Identifier: MIT
/** What a memory model says of a litmus test. */

import type { Code } from '../../runner/memory/action';
import { domains } from '../../runner/memory/domain';
import { explore } from '../../runner/memory/explore';
import type { Model } from '../../runner/memory/models/model';
import type { Value } from '../../schema/types/execution';
import { codeOf, type Registers } from './code';
import { type State, satisfies } from './state';
import type { Litmus } from './syntax';

export type Observation = 'Never' | 'Sometimes' | 'Always';

export interface Answer {
	readonly observation: Observation;
	/** Final states that can occur. */
	readonly states: number;
	/** Does a plain access race in an allowed execution? */
	readonly races: boolean;
}

export interface Options {
	/** Look for data races, which takes longer. */
	readonly races?: boolean;
}

/** Throws LitmusError where the test uses what is not understood. */
export function observe(file: string, litmus: Litmus, model: Model, options: Options = {}): Answer {
	const locations = new Set([
		...litmus.init.keys(),
		...litmus.processes.flatMap(({ parameters }) => parameters.map(({ name }) => name)),
	]);
	const init: Record<string, Value> = {};
	for (const location of locations) init[location] = litmus.init.get(location) ?? 0;
	const free = litmus.processes.map((process) => codeOf(file, process, () => true));
	const { values, writes } = domains(init, free);
	const threads: Code<Registers>[] = litmus.processes.map((process, index) =>
		codeOf(file, process, (location) => writes[index]!.has(location)),
	);
	const domain = (location: string) => values.get(location) ?? [0];
	let positive = 0;
	let negative = 0;
	let races = false;
	for (const { ends, finals, racing } of explore({ init, threads, domain }, model, {
		distinct: ({ ends, finals }) => JSON.stringify([ends.map((each) => [...each]), [...finals]]),
		races: options.races === true,
	})) {
		const state: State = { registers: ends, locations: finals };
		races ||= racing.length > 0;
		if (litmus.filter && !satisfies(state, litmus.filter)) continue;
		if (satisfies(state, litmus.condition)) positive++;
		else negative++;
	}
	return { observation: observed(positive, negative), states: positive + negative, races };
}

function observed(positive: number, negative: number): Observation {
	if (positive === 0) return 'Never';
	return negative === 0 ? 'Always' : 'Sometimes';
}
