// SPDX-License-Identifier: MIT
/** One path through each thread: the events, and all of their relations but who reads from whom and whose store lasts. */
import type { Value } from '../../schema/types/execution';
import { type Action, type Dependencies, type Fence, NO_DEPENDENCIES, type Order } from './action';
import { type EventSet, Relation, setOf } from './relation';

export interface MemoryEvent {
	/** -1 for the initial stores. */
	readonly thread: number;
	/** Index among the actions of the thread. */
	readonly action: number;
	/** Which event of the thread's own account it is. */
	readonly origin: number;
	readonly kind: 'read' | 'write' | 'section-begin' | 'section-end' | 'grace-period';
	/** null for RCU. */
	readonly location: string | null;
	/** Read or stored. */
	readonly value: Value;
	readonly order: Order;
	/** The other half of a read-modify-write; -1 without one. */
	rmw: number;
	readonly depends: Dependencies;
	/** Half of an atomic instruction, or one that stored nothing. */
	readonly atomic: boolean;
	/** Of spin_lock() or spin_unlock(). */
	readonly lock: boolean;
	/** Of section-end: which section-begin of the thread it ends. */
	readonly ends: number;
	/** Where it stands among the events and fences of its thread. */
	readonly place: number;
}

export interface ThreadPath {
	readonly actions: readonly Action[];
	/** What its reads returned. */
	readonly values: readonly Value[];
}

interface PlacedFence {
	readonly thread: number;
	readonly place: number;
	readonly fence: Fence;
}

export class Skeleton {
	readonly events: MemoryEvent[] = [];
	readonly fences: PlacedFence[] = [];
	/** Program order, the events of sections and grace periods included. */
	readonly po: Relation;
	readonly rmw: Relation;
	readonly addr: Relation;
	readonly data: Relation;
	readonly ctrl: Relation;
	/** From the begin of each read section to its end. */
	readonly sections: Relation;
	/** Pairs of different threads. */
	readonly ext: Relation;
	private readonly reads: number[][] = [];

	constructor(init: Readonly<Record<string, Value>>, paths: readonly ThreadPath[]) {
		for (const [location, value] of Object.entries(init))
			this.put({ thread: -1, action: 0, kind: 'write', location, value, place: 0 });
		paths.forEach((path, thread) => {
			this.reads.push([]);
			this.lay(thread, path);
		});
		const { events } = this;
		const relation = (holds: (a: MemoryEvent, b: MemoryEvent) => boolean) =>
			Relation.of(events.length, (a, b) => holds(events[a]!, events[b]!));
		const depends = (kind: keyof Dependencies) =>
			relation((a, b) => {
				if (a.thread !== b.thread || b.depends[kind].length === 0) return false;
				return b.depends[kind].some((read) => events[this.reads[a.thread]![read]!] === a);
			});
		this.po = relation((a, b) => a.thread >= 0 && a.thread === b.thread && a.place < b.place);
		this.ext = relation((a, b) => a.thread !== b.thread);
		this.rmw = Relation.of(
			events.length,
			(a, b) => events[a]!.rmw === b && events[a]!.kind === 'read',
		);
		this.addr = depends('addr');
		this.data = depends('data');
		this.ctrl = depends('ctrl');
		this.sections = relation((a, b) => {
			if (b.kind !== 'section-end' || a.kind !== 'section-begin' || a.thread !== b.thread)
				return false;
			return a === events.filter((each) => begins(each, b.thread))[b.ends];
		});
	}

	/** Pairs of a thread with such a fence between them. */
	fenced(...kinds: readonly Fence[]): Relation {
		const between = this.fences.filter(({ fence }) => kinds.includes(fence));
		const { events } = this;
		return Relation.of(events.length, (a, b) =>
			between.some(
				({ thread, place }) =>
					thread === events[a]!.thread &&
					thread === events[b]!.thread &&
					events[a]!.place < place &&
					place < events[b]!.place,
			),
		);
	}

	set(holds: (event: MemoryEvent) => boolean): EventSet {
		return setOf(this.events.length, (id) => holds(this.events[id]!));
	}

	/** The event that a thread's action is; of a read-modify-write the read, or the write. */
	find(thread: number, action: number, kind: 'read' | 'write'): number {
		return this.events.findIndex(
			(each) => each.thread === thread && each.action === action && each.kind === kind,
		);
	}

	private lay(thread: number, { actions, values }: ThreadPath): void {
		let place = 0;
		const fence = (kind: Fence) => this.fences.push({ thread, place: place++, fence: kind });
		actions.forEach((action, index) => {
			const origin = action.origin ?? index;
			const common = { thread, action: index, origin, depends: action.depends };
			if (action.kind === 'fence') fence(action.fence);
			else if (action.kind === 'write')
				this.put({ ...common, ...action, lock: action.unlock === true, place: place++ });
			else if (action.kind === 'read') {
				const own = this.reads[thread]!;
				const value = values[own.length]!;
				const stored = action.update?.(value);
				const { location, order } = action;
				if (stored === undefined) {
					// What fails orders nothing.
					const weak = action.update ? 'once' : order;
					own.push(
						this.put({
							...common,
							...action,
							value,
							order: weak,
							atomic: action.update !== undefined,
							place: place++,
						}),
					);
					return;
				}
				const lock = action.lock === true;
				if (order === 'full') fence('mb');
				const number = own.length;
				const first = order === 'release' || order === 'full' ? 'once' : order;
				const read = this.put({
					...common,
					...action,
					value,
					order: first,
					atomic: true,
					lock,
					place: place++,
				});
				own.push(read);
				const last = order === 'release' ? 'release' : 'once';
				const data = action.computes ? [...action.depends.data, number] : action.depends.data;
				const write = this.put({
					...common,
					depends: { ...action.depends, data },
					kind: 'write',
					location,
					value: stored,
					order: last,
					atomic: true,
					lock,
					place: place++,
				});
				this.events[read]!.rmw = write;
				this.events[write]!.rmw = read;
				if (order === 'full') fence('mb');
			} else this.put({ ...common, ...action, place: place++ });
		});
	}

	private put(
		event: Pick<MemoryEvent, 'thread' | 'action' | 'kind' | 'location' | 'place'> &
			Partial<MemoryEvent>,
	): number {
		const { thread, action, kind, location, place } = event;
		return (
			this.events.push({
				thread,
				action,
				kind,
				location,
				place,
				origin: event.origin ?? action,
				value: event.value ?? null,
				order: event.order ?? 'once',
				rmw: -1,
				depends: event.depends ?? NO_DEPENDENCIES,
				atomic: event.atomic ?? false,
				lock: event.lock ?? false,
				ends: event.ends ?? -1,
			}) - 1
		);
	}
}

const begins = ({ kind, thread }: MemoryEvent, of: number): boolean =>
	kind === 'section-begin' && thread === of;
