// SPDX-License-Identifier: MIT
/** A process of a litmus test as code, which memory models run on whatever its reads may return. */

import type { Action, Code, Run } from '../../runner/memory/action';
import type { Value } from '../../schema/types/execution';
import { type Steps, Thread } from './interpret';
import type { Process } from './syntax';

/** The registers of a process when it ended. */
export type Registers = ReadonlyMap<string, Value>;

/** mayWrite says which locations the process can write. */
export function codeOf(
	file: string,
	process: Process,
	mayWrite: (location: string) => boolean,
): Code<Registers> {
	return {
		mayWrite,
		path(values) {
			return this.run(values).actions;
		},
		run(values): Run<Registers> {
			const thread = new Thread(file, process);
			return runOn(
				thread.body(),
				values,
				() => new Map([...thread.registers].map(([name, { value }]) => [name, value])),
			);
		},
	};
}

/** Gives each read its value, up to the end or to a read that has none. */
export function runOn<End>(
	steps: Steps<unknown>,
	values: readonly Value[],
	end: () => End,
): Run<End> {
	const actions: Action[] = [];
	let used = 0;
	for (let step = steps.next(); !step.done; ) {
		actions.push(step.value);
		if (step.value.kind !== 'read') step = steps.next(null);
		else if (used === values.length) return { actions, end: null };
		else step = steps.next(values[used++]!);
	}
	return { actions, end: end() };
}
