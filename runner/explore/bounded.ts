// SPDX-License-Identifier: MIT
/**
 * Fewest preemptions first: every interleaving without a preemption, then with one, and so on. Two prefixes of the
 * same Mazurkiewicz trace with the same agent running have the same future at the same price, so one of them is
 * followed; nothing else is left out. (A preemption: another agent goes on although the current one could.)
 */
import type { Dependence } from './dependence';
import type { Bound, Search } from './search';
import type { Trace } from './trace';

export function* bounded(_: Dependence, bound: Bound): Search {
	const seen = new Set<string>();
	let level: number[][] = [[]];
	for (let preemptions = 0; level.length > 0; preemptions++) {
		const next: number[][] = [];
		while (level.length > 0) {
			const free: number[][] = [];
			for (const [index, trace] of (yield level).entries()) {
				const start = level[index]!.length;
				branch(trace, start, seen, (prefix, price) => (price === 0 ? free : next).push(prefix));
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
	trace: Trace,
	start: number,
	seen: Set<string>,
	found: (prefix: number[], price: 0 | 1) => void,
): void {
	const { events } = trace;
	const keys = prefixKeys(trace);
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
function prefixKeys({ events, clocks, agents }: Trace): string[] {
	const chains: string[] = new Array(agents).fill('');
	return events.map(({ agent }, index) => {
		const key = chains.join('|');
		chains[agent] += `${clocks[index]!.join(',')};`;
		return key;
	});
}
