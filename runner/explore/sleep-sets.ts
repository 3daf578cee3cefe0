// SPDX-License-Identifier: MIT
/**
 * Sleep sets (Godefroid, 1996): an agent whose next step was explored from here sleeps until a dependent step wakes
 * it. Exactly one execution of each Mazurkiewicz trace goes to its end awake.
 */
import { dependent, type Footprint } from './dependence';
import type { Search } from './search';
import type { Trace } from './trace';

export function* sleepSets(): Search {
	yield* visit([], (yield [[]])[0]!, new Map());
}

function* visit(prefix: number[], trace: Trace, inherited: ReadonlyMap<number, Footprint>): Search {
	const next = trace.events[prefix.length];
	if (!next) return;
	const asleep = new Map(inherited);
	// The agent that went on by itself first: its execution is at hand.
	const agents = [next.agent, ...next.enabled.filter((agent) => agent !== next.agent)];
	for (const agent of agents.filter((agent) => !inherited.has(agent))) {
		const step = [...prefix, agent];
		const child = agent === next.agent ? trace : (yield [step])[0]!;
		const taken = child.footprints[prefix.length]!;
		const still = [...asleep].filter(([, footprint]) => !dependent(footprint, taken));
		yield* visit(step, child, new Map(still));
		asleep.set(agent, taken);
	}
}
