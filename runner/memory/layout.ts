// SPDX-License-Identifier: MIT
/** One path through each thread as events and fences, each with its place in its thread. */
import type { Value } from '../../schema/types/execution';
import { type Action, type Dependencies, type Fence, NO_DEPENDENCIES, type Order } from './action';

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

export class Layout {
	readonly events: MemoryEvent[] = [];
	readonly fences: PlacedFence[] = [];
	/** For each thread the events that its reads are. */
	readonly reads: number[][] = [];

	constructor(init: Readonly<Record<string, Value>>, paths: readonly ThreadPath[]) {
		for (const [location, value] of Object.entries(init))
			this.put({ thread: -1, action: 0, kind: 'write', location, value, place: 0 });
		paths.forEach((path, thread) => {
			this.reads.push([]);
			this.lay(thread, path);
		});
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
