// SPDX-License-Identifier: MIT
/**
 * Fewest preemptions first: every interleaving without a preemption, then with one, and so on. A preemption is a switch
 * to another agent while the current one is enabled. Two prefixes of one Mazurkiewicz trace with the same current agent
 * have the same continuations at the same cost, so the search follows one of them; it leaves nothing else out.
 */
import type { Search } from './search';
import type { Trace } from './trace';

export interface Bound {
	/** Preemptions at most. */
	readonly preemptions: number;
	/** Largest number of preemptions whose interleavings were all explored; null before the first. */
	completed: number | null;
}

/** Updates bound.completed as it goes. */
export function* bounded(bound: Bound): Search {
	const seen = new Set<string>();
	let level: number[][] = [[]];
	for (let preemptions = 0; level.length > 0; preemptions++) {
		const next: number[][] = [];
		while (level.length > 0) {
			const traces = yield level;
			const free: number[][] = [];
			for (const [index, prefix] of level.entries())
				for (const branch of branches(traces[index], prefix.length, seen))
					(branch.preempts ? next : free).push(branch.prefix);
			level = free;
		}
		bound.completed = preemptions;
		if (preemptions === bound.preemptions) return;
		level = next;
	}
}

interface Branch {
	readonly prefix: number[];
	readonly preempts: boolean;
}

/** Finds every other continuation of an execution beyond its first start events. */
function* branches(
	trace: Trace | undefined,
	start: number,
	seen: Set<string>,
): Generator<Branch, void> {
	if (!trace) return;
	const keys = prefixKeys(trace);
	const choices = trace.events.map(({ agent }) => agent);
	for (const [index, { agent, enabled }] of trace.events.entries()) {
		if (index < start) continue;
		const current = choices[index - 1] ?? -1;
		const key = `${keys[index]}@${current}`;
		if (seen.has(key)) return;
		seen.add(key);
		const preempts = enabled.includes(current);
		for (const other of enabled)
			if (other !== agent) yield { prefix: [...choices.slice(0, index), other], preempts };
	}
}

/** Keys of the traces of all prefixes of an execution, made of the clocks of each agent's events. */
function prefixKeys({ events, clocks, agents }: Trace): string[] {
	const chains: string[] = new Array(agents).fill('');
	return events.map(({ agent }, index) => {
		const key = chains.join('|');
		chains[agent] += `${clocks[index]?.join(',')};`;
		return key;
	});
}
