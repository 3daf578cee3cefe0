// SPDX-License-Identifier: MIT
/** Gives end states of executions, without the order of events, as texts to compare. */
import type { Execution, IsolatedThreads, ThreadRun } from '../../implementations/implementation';
import { executionOf } from '../../runner/memory/execution';
import { explore } from '../../runner/memory/explore';
import { type ModelName, models } from '../../runner/memory/models';
import { programOf } from '../../runner/memory/threads';
import type { Value } from '../../schema/types/execution';
import type { Program } from '../../schema/types/program';

/** The end state of an execution. */
export function endOf({ results, device, warnings, callbacks, faults }: Execution): string {
	const sorted = (list: readonly unknown[]) => list.map((each) => JSON.stringify(each)).sort();
	return JSON.stringify([
		sorted(results),
		device,
		sorted(warnings.map(({ function: where }) => where)),
		sorted(callbacks.map(({ event: _, ...callback }) => callback)),
		sorted(faults.map(({ fault, agent }) => [fault, agent])),
	]);
}

/** The end state of isolated threads, with the last value of each field. */
export function endOfThreads(
	program: Program,
	{ init }: IsolatedThreads,
	ends: readonly ThreadRun[],
	finals: ReadonlyMap<string, Value>,
): string {
	const order = ends.flatMap(({ events }, thread) =>
		events.map((_, origin) => ({ thread, origin })),
	);
	return endOf(executionOf(program, init, { ends, finals }, order));
}

/** True if the thread ends in a read section. Memory models cannot decide if other threads wait for it for ever. */
export const endsInSection = ({ events }: ThreadRun): boolean => {
	const count = (op: string) => events.filter((each) => each.op === op).length;
	return count('srcu-lock') > count('srcu-unlock');
};

/** Gives the end states that a model allows; null if only the explorer of interleavings can decide. */
export function allowed(
	program: Program,
	isolated: IsolatedThreads,
	model: ModelName,
): Set<string> | null {
	const ends = new Set<string>();
	const distinct = (behaviour: {
		ends: readonly ThreadRun[];
		finals: ReadonlyMap<string, Value>;
	}) =>
		JSON.stringify([behaviour.ends.map(({ events: _, ...rest }) => rest), [...behaviour.finals]]);
	for (const behaviour of explore(programOf(isolated), models[model], { distinct })) {
		if (behaviour.ends.some(endsInSection)) return null;
		ends.add(endOfThreads(program, isolated, behaviour.ends, behaviour.finals));
	}
	return ends;
}
