// SPDX-License-Identifier: MIT
/** A behaviour under a memory model as an execution, so that it is judged and shown like any other. */
import type { ThreadRun } from '../../implementations/implementation';
import type { Event, Execution, Value } from '../../schema/types/execution';
import type { Program } from '../../schema/types/program';
import type { Behaviour } from './explore';
import type { Step } from './witness';

/** @param steps  the order in which to tell what happened */
export function executionOf(
	program: Program,
	init: Readonly<Record<string, Value>>,
	{ ends, finals }: Pick<Behaviour<ThreadRun>, 'ends' | 'finals'>,
	steps: readonly Step[],
): Execution {
	const place = new Map(steps.map(({ thread, origin }, index) => [`${thread} ${origin}`, index]));
	const at = (thread: number, event: number): number => place.get(`${thread} ${event}`) ?? -1;
	/** What each thread left behind, in the order of the story. */
	const collect = <T extends { event: number }>(of: (lone: ThreadRun) => readonly T[]): T[] =>
		ends
			.flatMap((lone, thread) =>
				of(lone).map((each) => ({ ...each, event: at(thread, each.event) })),
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

/** A store shows the value that it replaces: in this order, which is that of coherence, the latest one. */
function eventsOf(
	ends: readonly ThreadRun[],
	init: Readonly<Record<string, Value>>,
	steps: readonly Step[],
): Event[] {
	const latest = new Map(Object.entries(init));
	return steps.map(({ thread, origin }) => {
		const { order: _, update: __, ...event } = ends[thread]!.events[origin]!;
		if (event.op !== 'write' && event.op !== 'rmw') return event;
		const old = event.op === 'write' ? (latest.get(event.object) ?? null) : event.old;
		latest.set(event.object, event.new);
		return { ...event, old };
	});
}
