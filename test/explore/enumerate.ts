// SPDX-License-Identifier: MIT
/** Runs a strategy to its end and gives all that it found, for comparison with another. */
import { Dependence } from '../../runner/explore/dependence';
import { type StrategyName, strategies } from '../../runner/explore/explore';
import { Trace } from '../../runner/explore/trace';
import type { Observation } from '../../runner/library/observation';
import type { Execution } from '../../schema/types/execution';

export interface Found {
	/** Each Mazurkiewicz trace by its key, with one execution of it. */
	readonly traces: Map<string, Trace>;
	/** Distinct ends: results, device, warnings, callbacks, faults. */
	readonly ends: Set<string>;
	/** With the strategy bounded, the fewest preemptions with which each trace was seen. */
	readonly preemptions: Map<string, number>;
	readonly executions: number;
	/** false when the limit came first. */
	readonly complete: boolean;
}

export function enumerate(
	strategy: StrategyName,
	execute: (schedule: number[]) => Execution,
	limit = Number.POSITIVE_INFINITY,
	observations: readonly Observation[] = [],
): Found {
	const dependence = new Dependence(observations);
	const traces = new Map<string, Trace>();
	const ends = new Set<string>();
	const preemptions = new Map<string, number>();
	let executions = 0;
	let level = 0;
	const bound = {
		preemptions: null,
		completed: (count: number) => {
			level = count + 1;
		},
	};
	const search = strategies[strategy](dependence, bound);
	for (let step = search.next(); !step.done; ) {
		const batch = step.value.map((schedule) => new Trace(execute(schedule), dependence));
		executions += batch.length;
		for (const trace of batch) {
			const key = trace.key();
			if (traces.has(key)) continue;
			traces.set(key, trace);
			preemptions.set(key, level);
			ends.add(endOf(trace.execution));
		}
		if (executions > limit) return { traces, ends, preemptions, executions, complete: false };
		step = search.next(batch);
	}
	return { traces, ends, preemptions, executions, complete: true };
}

function endOf({ results, device, warnings, callbacks, faults }: Execution): string {
	const sorted = [...results].sort(
		(a, b) => a.site - b.site || (String(a.value) < String(b.value) ? -1 : 1),
	);
	return JSON.stringify([
		sorted,
		device,
		warnings.map((each) => each.function).sort(),
		callbacks.map((each) => `${each.holder} ${each.length} ${each.flags}`).sort(),
		faults.map(({ fault, agent }) => `${fault} ${agent}`).sort(),
	]);
}

/** In how many ways the threads of an execution could be interleaved if nothing depended on anything. */
export function interleavings({ events, agents }: Execution): number {
	let ways = 1;
	let total = 0;
	for (const agent of agents.keys()) {
		const length = events.filter((event) => event.agent === agent).length;
		for (let step = 1; step <= length; step++) ways = (ways * ++total) / step;
	}
	return ways;
}
