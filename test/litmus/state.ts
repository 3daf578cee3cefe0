// SPDX-License-Identifier: MIT
/** A final state of a litmus test, and what is asked of it. */
import type { Value } from '../../schema/types/execution';
import type { Registers } from './code';
import type { Proposition } from './syntax';

export interface State {
	readonly registers: readonly Registers[];
	readonly locations: ReadonlyMap<string, Value>;
}

export function satisfies(state: State, proposition: Proposition): boolean {
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
			const seen = place?.get(name) ?? 0;
			return (seen === value) === (proposition.is === 'equal');
		}
	}
}
