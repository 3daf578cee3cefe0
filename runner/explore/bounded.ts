// SPDX-License-Identifier: MIT
/**
 * Fewest preemptions first: every interleaving without a preemption, then with one, and so on. Two prefixes of the
 * same Mazurkiewicz trace with the same agent running have the same future at the same price, so one of them is
 * followed; nothing else is left out. (A preemption: another agent goes on although the current one could.)
 */
import type { Event, Execution } from '../../schema/types/execution';
import type { Dependence } from './dependence';
import { Trace } from './trace';

export interface Bound {
	/** Preemptions at most; null for no bound. */
	readonly preemptions: number | null;
	/** Is told each number of preemptions that was explored completely. */
	completed(preemptions: number): void;
}

export function* bounded(
	dependence: Dependence,
	bound: Bound,
): Generator<number[][], void, Execution[]> {
	const seen = new Set<string>();
	let level: number[][] = [[]];
	for (let preemptions = 0; level.length > 0; preemptions++) {
		const next: number[][] = [];
		while (level.length > 0) {
			const free: number[][] = [];
			for (const [index, execution] of (yield level).entries()) {
				const start = level[index]!.length;
				branch(execution, start, dependence, seen, (prefix, price) =>
					(price === 0 ? free : next).push(prefix),
				);
			}
			level = free;
		}
		bound.completed(preemptions);
		if (preemptions === bound.preemptions) return;
		level = next;
	}
}

/** Gives every other way to go on from an execution past a prefix, with its price in preemptions. */
function branch(
	execution: Execution,
	start: number,
	dependence: Dependence,
	seen: Set<string>,
	found: (prefix: number[], price: 0 | 1) => void,
): void {
	const { events } = execution;
	const keys = prefixKeys(events, dependence, execution.agents.length);
	const choices = events.map(({ agent }) => agent);
	for (let index = start; index < events.length; index++) {
		const { agent, enabled } = events[index]!;
		const current = index === 0 ? -1 : choices[index - 1]!;
		const key = `${keys[index]}@${current}`;
		if (seen.has(key)) return;
		seen.add(key);
		const price = enabled.includes(current) ? 1 : 0;
		for (const other of enabled)
			if (other !== agent) found([...choices.slice(0, index), other], price);
	}
}

/** The trace of each prefix of an execution, by the events of each agent with their clocks. */
function prefixKeys(events: readonly Event[], dependence: Dependence, agents: number): string[] {
	const trace = new Trace(events, dependence, agents);
	const chains: string[] = new Array(agents).fill('');
	return events.map(({ agent }, index) => {
		const key = chains.join('|');
		chains[agent] += `${trace.clocks[index]!.join(',')};`;
		return key;
	});
}
