// SPDX-License-Identifier: MIT
/** Converts a behaviour under a memory model to an execution, which is judged and shown like any other. */
import type { ThreadRun } from '../../implementations/implementation';
import type { Event, Execution, Value } from '../../schema/types/execution';
import type { Program } from '../../schema/types/program';
import type { Behaviour } from './explore';
import type { Step } from './witness';

/** @param steps  every event of every thread, in the order of the execution */
export function executionOf(
	program: Program,
	init: Readonly<Record<string, Value>>,
	{ ends, finals }: Pick<Behaviour<ThreadRun>, 'ends' | 'finals'>,
	steps: readonly Step[],
): Execution {
	const places = new Map(steps.map(({ thread, origin }, index) => [`${thread} ${origin}`, index]));
	const placeOf = (thread: number, event: number): number => places.get(`${thread} ${event}`) ?? -1;
	/** Collects items of all threads in the order of their events. */
	const collect = <T extends { event: number }>(of: (run: ThreadRun) => readonly T[]): T[] =>
		ends
			.flatMap((run, thread) =>
				of(run).map((each) => ({ ...each, event: placeOf(thread, each.event) })),
			)
			.sort((a, b) => a.event - b.event);
	const field = <T extends Value>(values: ReadonlyMap<string, Value>, name: string) =>
		values.get(name) as T;
	const device = (values: ReadonlyMap<string, Value>) => ({
		alive: field<boolean>(values, 'flags'),
		holder: field<string | null>(values, 'holder_data'),
		ops: field<string | null>(values, 'holder_ops'),
	});
	return {
		agents: program.threads.map(({ name }) => name),
		start: device(new Map(Object.entries(init))),
		events: eventsOf(ends, init, steps),
		results: ends.flatMap(({ results }) => results),
		device: { ...device(finals), refs: Number(finals.get('i_count')) - Number(init.i_count) },
		warnings: collect(({ warnings }) => warnings),
		callbacks: collect(({ callbacks }) => callbacks),
		faults: collect(({ faults }) => faults),
		blocked: ends.flatMap(({ blocked }) => blocked),
		diverged: null,
	};
}

/**
 * Gives the events in the order of steps. That order agrees with coherence, so the old value of a store is the value of
 * the last store to its field.
 */
function eventsOf(
	ends: readonly ThreadRun[],
	init: Readonly<Record<string, Value>>,
	steps: readonly Step[],
): Event[] {
	const latest = new Map(Object.entries(init));
	return steps.flatMap(({ thread, origin }): Event[] => {
		const found = ends[thread]?.events[origin];
		if (!found) return [];
		const { order: _, update: __, ...event } = found;
		if (event.op !== 'write' && event.op !== 'rmw') return [event];
		const old = event.op === 'write' ? (latest.get(event.object) ?? null) : event.old;
		latest.set(event.object, event.new);
		return [{ ...event, old }];
	});
}
