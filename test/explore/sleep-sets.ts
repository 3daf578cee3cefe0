// SPDX-License-Identifier: MIT
/**
 * Sleep sets (Godefroid, 1996): an agent whose next step was explored from a state sleeps until a dependent step wakes
 * it. Exactly one execution of each Mazurkiewicz trace reaches its end awake. An oracle of source-DPOR.
 */
import { dependent, type Footprint } from '../../runner/explore/footprint';
import type { Search } from '../../runner/explore/search';
import type { Trace } from '../../runner/explore/trace';

type Sleepers = ReadonlyMap<number, Footprint>;

export function* sleepSets(): Search {
	const [trace] = yield [[]];
	yield* visit([], trace, new Map());
}

function* visit(prefix: number[], trace: Trace | undefined, inherited: Sleepers): Search {
	const next = trace?.events[prefix.length];
	if (!next) return;
	const asleep = new Map(inherited);
	// The agent that goes on by default comes first: its execution is at hand.
	const agents = [next.agent, ...next.enabled.filter((agent) => agent !== next.agent)];
	for (const agent of agents.filter((agent) => !inherited.has(agent))) {
		const step = [...prefix, agent];
		const [child] = agent === next.agent ? [trace] : yield [step];
		const taken = child?.footprints[prefix.length];
		if (!taken) throw new Error(`no event follows choice ${prefix.length}`);
		const still = [...asleep].filter(([, footprint]) => !dependent(footprint, taken));
		yield* visit(step, child, new Map(still));
		asleep.set(agent, taken);
	}
}
