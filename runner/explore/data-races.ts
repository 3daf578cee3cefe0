// SPDX-License-Identifier: MIT
/**
 * Data races as in KCSAN: two concurrent accesses of one object by two agents, at least one a write and at least one
 * plain. Two accesses are concurrent when they race reversibly: either could be next at one state. A grace period orders
 * accesses, because the wait of synchronize_srcu() happens after the read sections that it awaits.
 */
import type { Event } from '../../schema/types/execution';
import type { DataRace, RacingAccess } from '../../schema/types/report';
import type { Trace } from './trace';

/** A data race and the two events of an execution that show it. */
export interface SeenRace {
	readonly race: DataRace;
	/** The same for the same two accesses. */
	readonly key: string;
	/** Indexes of the two events, the earlier one first. */
	readonly events: readonly [number, number];
}

/** Finds the data races of a trace: each pair of accesses once, sorted. Equal for all linearisations of the trace. */
export function dataRaces(trace: Trace): SeenRace[] {
	const { events } = trace;
	let found: Map<string, SeenRace> | undefined;
	for (let index = 0; index < events.length; index++) {
		const races = trace.races[index]!;
		const event = events[index]!;
		if (races.length === 0 || !isAccess(event)) continue;
		for (let each = 0; each < races.length; each++) {
			const first = races[each]!;
			const other = events[first]!;
			// Dependent accesses are of one object, and one of them writes.
			if (!isAccess(other) || (event.marked && other.marked)) continue;
			const race = raceOf(other, event, [first, index]);
			found ??= new Map();
			if (!found.has(race.key)) found.set(race.key, race);
		}
	}
	return found ? byKey(found) : [];
}

/** Collects the data races of many traces: each once, sorted. */
export class DataRaces {
	private readonly found = new Map<string, DataRace>();

	add(seen: readonly SeenRace[]): void {
		for (const { race, key } of seen) this.found.set(key, race);
	}

	list(): DataRace[] {
		return byKey(this.found);
	}
}

export type Access = Event & { readonly op: RacingAccess['op'] };

export const isAccess = (event: Event): event is Access =>
	event.op === 'read' || event.op === 'write' || event.op === 'rmw';

/** Pairs two accesses in an order that does not depend on time: the plain one first, of two alike the one that writes. */
export function raceOf(a: Access, b: Access, events: SeenRace['events']): SeenRace {
	const [x, y] = [side(a), side(b)];
	const [rankX, rankY] = [rank(x), rank(y)];
	const [first, second] = rankX < rankY ? [x, y] : [y, x];
	const key = `${a.object} ${rankX < rankY ? `${rankX} ${rankY}` : `${rankY} ${rankX}`}`;
	return { race: { object: a.object, first, second }, key, events };
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

function byKey<T>(found: ReadonlyMap<string, T>): T[] {
	if (found.size < 2) return [...found.values()];
	return [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, each]) => each);
}
