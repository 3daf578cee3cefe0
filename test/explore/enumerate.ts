// SPDX-License-Identifier: MIT
/** Runs a search to its end and returns all that it found, for comparison with another search. */
import type { Implementation } from '../../implementations/implementation';
import { Dependence } from '../../runner/explore/dependence';
import { Trace } from '../../runner/explore/trace';
import type { Observation } from '../../runner/library/observation';
import type { Execution } from '../../schema/types/execution';
import type { Program } from '../../schema/types/program';
import { reference } from '../cases';
import { type SearchName, searches, unbounded } from './searches';

/** Executes schedules of a program on the reference. target: an opened one, or the name of a revision or mutant. */
export function runOn(
	target: string | Implementation,
	program: Program,
): (schedule: number[]) => Execution {
	const implementation = typeof target === 'string' ? reference(target) : target;
	return (schedule) => {
		const executions = implementation.execute(program, [schedule]);
		if (executions instanceof Promise) throw new Error('the reference is synchronous');
		const [execution] = executions;
		if (!execution) throw new Error('one schedule gave no execution');
		return execution;
	};
}

export interface Found {
	/** Each Mazurkiewicz trace by its key, with one execution of it. */
	readonly traces: Map<string, Trace>;
	/** Distinct ends: results, device, warnings, callbacks, faults. */
	readonly ends: Set<string>;
	/** By trace, the fewest preemptions with which the search bounded saw it. */
	readonly preemptions: Map<string, number>;
	readonly executions: number;
	/** false when the limit of executions ended the search. */
	readonly complete: boolean;
}

export function enumerate(
	name: SearchName,
	execute: (schedule: number[]) => Execution,
	limit = Number.POSITIVE_INFINITY,
	observations: readonly Observation[] = [],
): Found {
	const dependence = new Dependence(observations);
	const traces = new Map<string, Trace>();
	const ends = new Set<string>();
	const preemptions = new Map<string, number>();
	let executions = 0;
	const bound = unbounded();
	const search = searches[name](dependence, bound);
	for (let step = search.next(); !step.done; ) {
		const batch = step.value.map((schedule) => new Trace(execute(schedule), dependence));
		executions += batch.length;
		for (const trace of batch) {
			const key = trace.key();
			if (traces.has(key)) continue;
			traces.set(key, trace);
			preemptions.set(key, (bound.completed ?? -1) + 1);
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

/** Number of interleavings of an execution's threads if no event depended on another: a multinomial coefficient. */
export function interleavings({ events, agents }: Execution): number {
	let ways = 1;
	let total = 0;
	for (const agent of agents.keys()) {
		const length = events.filter((event) => event.agent === agent).length;
		for (let step = 1; step <= length; step++) ways = (ways * ++total) / step;
	}
	return ways;
}
