// SPDX-License-Identifier: MIT
/**
 * Data races as KCSAN means them: two concurrent accesses of one object by two agents, of which one writes and one is
 * plain. Concurrent are those that race reversibly: either could be next at one state. What a grace period orders is
 * no race: the wait of synchronize_srcu() happens after the sections that it awaits.
 */
import type { Event } from '../../schema/types/execution';
import type { DataRace, RacingAccess } from '../../schema/types/report';
import { races } from './races';
import type { Trace } from './trace';

/** A data race, and where one execution shows it. */
export interface SeenRace {
	readonly race: DataRace;
	/** Indexes of its two events, the earlier one first. */
	readonly events: readonly [number, number];
}

/** The data races of a trace, each pair of accesses once, sorted. The same for every linearisation of the trace. */
export function dataRaces(trace: Trace): SeenRace[] {
	const { events, footprints } = trace;
	const found = new Map<string, SeenRace>();
	// Most accesses are of objects that nobody accesses plainly.
	const plain = new Set<string>();
	for (const event of events) if (isAccess(event) && !event.marked) plain.add(event.object);
	events.forEach((event, index) => {
		if (!isAccess(event) || !plain.has(event.object)) return;
		races(trace, index, event.agent, footprints[index]!, (first) => {
			const other = events[first]!;
			// Accesses depend on each other only where the object is the same and one of them writes.
			if (!isAccess(other) || (event.marked && other.marked)) return;
			const race = pair(other, event);
			const key = keyOf(race);
			if (!found.has(key)) found.set(key, { race, events: [first, index] });
		});
	});
	return byKey(found);
}

/** The data races of one trace after the other, each once, sorted. */
export class DataRaces {
	private readonly found = new Map<string, DataRace>();

	add(seen: readonly SeenRace[]): void {
		for (const { race } of seen) this.found.set(keyOf(race), race);
	}

	list(): DataRace[] {
		return byKey(this.found);
	}
}

export type Access = Event & { readonly op: RacingAccess['op'] };

export const isAccess = (event: Event): event is Access =>
	event.op === 'read' || event.op === 'write' || event.op === 'rmw';

/** The same pair whichever came first: the plain side first, of two alike the one that writes. */
export function pair(a: Access, b: Access): DataRace {
	const [first, second] = [side(a), side(b)].sort((x, y) => (rank(x) < rank(y) ? -1 : 1));
	return { object: a.object, first: first!, second: second! };
}

const side = ({ function: name, op, marked, source }: Access): RacingAccess => ({
	function: name,
	op,
	marked,
	...(source !== undefined && { source }),
});

const WRITERS_FIRST: readonly RacingAccess['op'][] = ['write', 'rmw', 'read'];

const rank = ({ function: name, op, marked, source }: RacingAccess): string =>
	`${Number(marked)}${WRITERS_FIRST.indexOf(op)} ${name} ${source}`;

const keyOf = ({ object, first, second }: DataRace): string =>
	`${object} ${rank(first)} ${rank(second)}`;

const byKey = <T>(found: ReadonlyMap<string, T>): T[] =>
	[...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, each]) => each);
