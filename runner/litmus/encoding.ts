// SPDX-License-Identifier: MIT
/** Gives the integers and register names that a litmus test has for the values and results of a case. */
import type { ThreadRun } from '../../implementations/implementation';
import type { Execution, Value } from '../../schema/types/execution';
import { faultsOf } from '../judge/faults';
import type { Case } from '../library/compile';
import { NotExpressible } from './not-expressible';

export interface Encoding {
	/** Gives the integer of a value of a field, or of a result. Throws NotExpressible if it has none. */
	number(value: Value): number;
	/** Registers that a thread sets when it ends, each with its value: results, callbacks, warnings, faults. */
	registers(run: ThreadRun): ReadonlyMap<string, number>;
}

/** Integers of results; holders count from 1. */
const RESULTS: ReadonlyMap<string, number> = new Map([
	['ok', 1],
	['alive', 1],
	['dead', 0],
	['-ENXIO', -6],
	['-EIO', -5],
	['-EBUSY', -16],
	['-ENODEV', -19],
	['-EOPNOTSUPP', -95],
]);

/** The register of a result, by the name that the vector gives to it. */
export const resultRegister = (name: string): string => `${name.replaceAll('-', '_')}_`;

/** The register that counts the callbacks of a holder. */
export const callbackRegister = (holder: string): string => `told_${holder}`;

export function encodingOf({ program, sites }: Case): Encoding {
	const holders = Object.keys(program.holders);
	const names = new Map([...sites].map(([name, site]) => [site, name]));
	const number = (value: Value): number => {
		if (value === null) return 0;
		if (typeof value !== 'string') return Number(value);
		const known = RESULTS.get(value) ?? 1 + holders.indexOf(value);
		if (known === 0 && value !== 'dead')
			throw new NotExpressible(`a litmus test has no integer for ${value}`);
		return known;
	};
	const registers = ({ results, callbacks, warnings, events, faults }: ThreadRun) => {
		const found = new Map<string, number>();
		for (const { site, value } of results) {
			const name = names.get(site);
			if (name !== undefined) found.set(resultRegister(name), number(value));
		}
		for (const { holder } of callbacks) {
			const register = callbackRegister(holder);
			found.set(register, (found.get(register) ?? 0) + 1);
		}
		if (warnings.length > 0) found.set('warned', warnings.length);
		if (faults.length > 0 || faultsOf(executionOf(events)).length > 0) found.set('fault', 1);
		return found;
	};
	return { number, registers };
}

/** The part of an execution that faultsOf() reads. */
const executionOf = (events: ThreadRun['events']): Execution =>
	({ events, faults: [], blocked: [], agents: [] }) as unknown as Execution;
