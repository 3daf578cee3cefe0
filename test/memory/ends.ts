// SPDX-License-Identifier: MIT
/** What the executions of a program come to: by a memory model, whatever their order. */
import type { Execution, IsolatedThreads, ThreadRun } from '../../implementations/implementation';
import { executionOf } from '../../runner/memory/execution';
import { explore } from '../../runner/memory/explore';
import { type ModelName, models } from '../../runner/memory/models';
import { programOf } from '../../runner/memory/threads';
import type { Value } from '../../schema/types/execution';
import type { Program } from '../../schema/types/program';

/** What an execution comes to, whatever its order. */
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

/** What threads that ended so come to, with the values that last. */
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

/** Is a read section never left? Who waits for it then is more than memory models know. */
export const neverLeft = ({ events }: ThreadRun): boolean => {
	const count = (op: string) => events.filter((each) => each.op === op).length;
	return count('srcu-lock') > count('srcu-unlock');
};

/** The ends that a model allows; null where only the explorer of interleavings knows. */
export function allowed(
	program: Program,
	alone: IsolatedThreads,
	model: ModelName,
): Set<string> | null {
	const ends = new Set<string>();
	const distinct = (behaviour: {
		ends: readonly ThreadRun[];
		finals: ReadonlyMap<string, Value>;
	}) =>
		JSON.stringify([behaviour.ends.map(({ events: _, ...rest }) => rest), [...behaviour.finals]]);
	for (const behaviour of explore(programOf(alone), models[model], { distinct })) {
		if (behaviour.ends.some(neverLeft)) return null;
		ends.add(endOfThreads(program, alone, behaviour.ends, behaviour.finals));
	}
	return ends;
}
