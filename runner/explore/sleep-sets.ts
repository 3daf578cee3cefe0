// SPDX-License-Identifier: MIT
/**
 * Sleep sets (Godefroid, 1996): an agent whose next step was explored from here sleeps until a dependent step wakes
 * it. Exactly one execution of each Mazurkiewicz trace goes to its end awake.
 */
import type { Execution } from '../../schema/types/execution';
import { type Dependence, dependent, type Footprint } from './dependence';

type Search = Generator<number[][], void, Execution[]>;

export function* sleepSets(dependence: Dependence): Search {
	yield* visit(dependence, [], (yield [[]])[0]!, new Map());
}

function* visit(
	dependence: Dependence,
	prefix: number[],
	execution: Execution,
	inherited: ReadonlyMap<number, Footprint>,
): Search {
	const next = execution.events[prefix.length];
	if (!next) return;
	const asleep = new Map(inherited);
	// The agent that went on by itself first: its execution is at hand.
	const agents = [next.agent, ...next.enabled.filter((agent) => agent !== next.agent)];
	for (const agent of agents.filter((agent) => !inherited.has(agent))) {
		const step = [...prefix, agent];
		const child = agent === next.agent ? execution : (yield [step])[0]!;
		const taken = dependence.footprints(child.events.slice(0, step.length)).at(-1)!;
		const still = [...asleep].filter(([, footprint]) => !dependent(footprint, taken));
		yield* visit(dependence, step, child, new Map(still));
		asleep.set(agent, taken);
	}
}
