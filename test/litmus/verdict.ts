// SPDX-License-Identifier: MIT
/** Computes the verdict of a memory model on a litmus test. */
import type { Observation } from '../../runner/litmus/export';
import { domains } from '../../runner/memory/domain';
import { explore } from '../../runner/memory/explore';
import type { Model } from '../../runner/memory/models/model';
import type { Value } from '../../schema/types/execution';
import { codeOf, type Registers } from './code';
import type { Litmus, Proposition } from './syntax';

export interface Answer {
	readonly observation: Observation;
	/** Final states that can occur. */
	readonly states: number;
}

/** Explores the test. Throws an error with file, line and column at a construct that is not supported. */
export function observe({ init, processes, ...litmus }: Litmus, model: Model): Answer {
	const parameters = processes.flatMap((process) => process.parameters);
	const initial: Record<string, Value> = {};
	for (const location of [...init.keys(), ...parameters])
		initial[location] = init.get(location) ?? 0;
	const { values, writes } = domains(
		initial,
		processes.map((process) => codeOf(litmus.source, process, () => true)),
	);
	const threads = processes.map((process, index) =>
		codeOf(litmus.source, process, (location) => writes[index]?.has(location) === true),
	);
	const program = {
		init: initial,
		threads,
		domain: (location: string) => values.get(location) ?? [0],
	};
	const behaviours = explore(program, model, {
		distinct: ({ ends, finals }) => JSON.stringify([ends.map((each) => [...each]), [...finals]]),
	});
	let states = 0;
	let positive = 0;
	for (const { ends, finals } of behaviours) {
		const state: State = { registers: ends, locations: finals };
		if (litmus.filter && !satisfies(state, litmus.filter)) continue;
		states++;
		if (satisfies(state, litmus.condition)) positive++;
	}
	if (positive === 0) return { observation: 'Never', states };
	return { observation: positive === states ? 'Always' : 'Sometimes', states };
}

interface State {
	readonly registers: readonly Registers[];
	readonly locations: ReadonlyMap<string, Value>;
}

function satisfies(state: State, proposition: Proposition): boolean {
	switch (proposition.is) {
		case 'true':
			return true;
		case 'false':
			return false;
		case 'not':
			return !satisfies(state, proposition.of);
		case 'and':
			return satisfies(state, proposition.left) && satisfies(state, proposition.right);
		case 'or':
			return satisfies(state, proposition.left) || satisfies(state, proposition.right);
		default: {
			const { process, name, value } = proposition;
			const place = process === null ? state.locations : state.registers[process];
			return ((place?.get(name) ?? 0) === value) === (proposition.is === 'equal');
		}
	}
}
