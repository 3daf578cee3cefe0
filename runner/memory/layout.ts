// SPDX-License-Identifier: MIT
/** Lays out one path through each thread as events and fences, each with its place in its thread. */
import type { Value } from '../../schema/types/execution';
import {
	type Action,
	type Dependencies,
	type Fence,
	NO_DEPENDENCIES,
	type Order,
	type Read,
} from './action';

export interface MemoryEvent {
	/** Index among the events of the layout. */
	readonly id: number;
	/** INITIAL for the initial stores. */
	readonly thread: number;
	/** Index among the actions of the thread. */
	readonly action: number;
	/** Index among the events of the thread's run. */
	readonly origin: number;
	readonly kind: 'read' | 'write' | 'section-begin' | 'section-end' | 'grace-period';
	/** null for RCU. */
	readonly location: string | null;
	/** The value that is read or stored. */
	readonly value: Value;
	readonly order: Order;
	/** The other half of a read-modify-write that stored. */
	rmw: MemoryEvent | null;
	/** Number of a read among the reads of its thread, counted from 0; -1 for other events. */
	readonly read: number;
	readonly depends: Dependencies;
	/** True for a half of an atomic instruction, and for an atomic instruction that stored nothing. */
	readonly atomic: boolean;
	/** True for spin_lock() and spin_unlock(). */
	readonly lock: boolean;
	/** Number of the read section that begins or ends here, among those of the thread; -1 for other events. */
	readonly section: number;
	/** Index among the events and fences of the thread. */
	readonly place: number;
}

/** Thread of the initial stores. */
export const INITIAL = -1;

export interface ThreadPath {
	readonly actions: readonly Action[];
	/** Values that its reads returned. */
	readonly values: readonly Value[];
}

interface PlacedFence {
	readonly thread: number;
	readonly place: number;
	readonly fence: Fence;
}

/** An event without the properties that have their defaults. */
type EventPart = Pick<MemoryEvent, 'thread' | 'action' | 'kind' | 'location' | 'place'> &
	Partial<MemoryEvent>;

/** Numbers that the next event of a thread gets. */
interface Cursor {
	readonly thread: number;
	place: number;
	reads: number;
	sections: number;
}

export class Layout {
	readonly events: MemoryEvent[] = [];
	readonly fences: PlacedFence[] = [];

	constructor(init: Readonly<Record<string, Value>>, paths: readonly ThreadPath[]) {
		for (const [location, value] of Object.entries(init))
			this.put({ thread: INITIAL, action: 0, kind: 'write', location, value, place: 0 });
		for (const [thread, path] of paths.entries()) this.lay(thread, path);
	}

	/** Gives the event of a thread's action. kind selects one of the two events of a read-modify-write. */
	find(thread: number, action: number, kind: 'read' | 'write'): MemoryEvent {
		const found = this.events.find(
			(each) => each.thread === thread && each.action === action && each.kind === kind,
		);
		if (!found) throw new Error(`thread ${thread} has no ${kind} at action ${action}`);
		return found;
	}

	private lay(thread: number, { actions, values }: ThreadPath): void {
		const cursor: Cursor = { thread, place: 0, reads: 0, sections: 0 };
		for (const [index, action] of actions.entries()) {
			const { origin = index, depends } = action;
			const base = { thread, action: index, origin, depends };
			switch (action.kind) {
				case 'fence':
					this.fence(cursor, action.fence);
					break;
				case 'read':
					this.layRead(cursor, base, action, values[cursor.reads] ?? null);
					break;
				case 'write': {
					const lock = action.unlock === true;
					this.put({ ...action, ...base, lock, place: cursor.place++ });
					break;
				}
				default: {
					const { kind, location, ends = -1 } = action;
					const section = kind === 'section-begin' ? cursor.sections++ : ends;
					this.put({ ...base, kind, location, section, place: cursor.place++ });
				}
			}
		}
	}

	/** Lays out a read; a read-modify-write that stores is two events, with smp_mb() around them if it is full. */
	private layRead(
		cursor: Cursor,
		base: Pick<MemoryEvent, 'thread' | 'action' | 'origin' | 'depends'>,
		{ location, order, update, lock = false, computes }: Read,
		value: Value,
	): void {
		const number = cursor.reads++;
		const read = { ...base, kind: 'read', location, value, read: number } as const;
		const stored = update?.(value);
		if (stored === undefined) {
			// A read-modify-write that stores nothing orders nothing.
			const weak = update ? 'once' : order;
			this.put({ ...read, order: weak, atomic: update !== undefined, place: cursor.place++ });
			return;
		}
		const half = { atomic: true, lock };
		const data = computes ? [...base.depends.data, number] : base.depends.data;
		if (order === 'full') this.fence(cursor, 'mb');
		const first = this.put({
			...read,
			...half,
			order: order === 'release' || order === 'full' ? 'once' : order,
			place: cursor.place++,
		});
		const second = this.put({
			...base,
			...half,
			kind: 'write',
			location,
			value: stored,
			order: order === 'release' ? 'release' : 'once',
			depends: { ...base.depends, data },
			place: cursor.place++,
		});
		first.rmw = second;
		second.rmw = first;
		if (order === 'full') this.fence(cursor, 'mb');
	}

	private fence(cursor: Cursor, fence: Fence): void {
		this.fences.push({ thread: cursor.thread, place: cursor.place++, fence });
	}

	private put(part: EventPart): MemoryEvent {
		const event: MemoryEvent = {
			id: this.events.length,
			thread: part.thread,
			action: part.action,
			kind: part.kind,
			location: part.location,
			place: part.place,
			origin: part.origin ?? part.action,
			value: part.value ?? null,
			order: part.order ?? 'once',
			rmw: null,
			read: part.read ?? -1,
			depends: part.depends ?? NO_DEPENDENCIES,
			atomic: part.atomic ?? false,
			lock: part.lock ?? false,
			section: part.section ?? -1,
		};
		this.events.push(event);
		return event;
	}
}
