// SPDX-License-Identifier: MIT
/**
 * The coherence orders that a choice of rf permits: those that are sequentially consistent for each location by itself,
 * and in which no store comes between the two halves of a read-modify-write (axioms coherence and atomic).
 */
import type { Layout, MemoryEvent } from './layout';

/** The stores of one location in the order in which they take effect, the initial one first. */
export interface CoherenceOrder {
	readonly location: string;
	readonly stores: readonly MemoryEvent[];
}

/** For each event that reads, the store that it reads from. */
export type ReadsFrom = ReadonlyMap<MemoryEvent, MemoryEvent>;

/** Yields every combination of one order for each location. */
export function* coherenceOrders(layout: Layout, from: ReadsFrom): Generator<CoherenceOrder[]> {
	const choices: CoherenceOrder[][] = [];
	for (const [location, accesses] of accessesByLocation(layout)) {
		const orders = [...ordersOf(accesses, from)].map((stores) => ({ location, stores }));
		if (orders.length === 0) return;
		choices.push(orders);
	}
	yield* product(choices);
}

/** Accesses of each location, in the order of events: the initial store first. */
function accessesByLocation({ events }: Layout): Map<string, MemoryEvent[]> {
	const found = new Map<string, MemoryEvent[]>();
	for (const event of events) {
		const { kind, location } = event;
		if (location === null || (kind !== 'read' && kind !== 'write')) continue;
		const known = found.get(location);
		if (known) known.push(event);
		else found.set(location, [event]);
	}
	return found;
}

interface Constraints {
	readonly stores: readonly MemoryEvent[];
	/** For each store the stores that must come before it. */
	readonly before: ReadonlyMap<MemoryEvent, ReadonlySet<MemoryEvent>>;
	/** For each store that a read-modify-write reads from, the store that it makes, which must come next. */
	readonly next: ReadonlyMap<MemoryEvent, MemoryEvent>;
}

function* ordersOf(accesses: readonly MemoryEvent[], from: ReadsFrom): Generator<MemoryEvent[]> {
	const stores = accesses.filter(({ kind }) => kind === 'write');
	const [initial] = stores;
	if (!initial) return;
	const before = new Map(stores.map((store) => [store, new Set<MemoryEvent>()]));
	const next = new Map<MemoryEvent, MemoryEvent>();
	for (const a of accesses) {
		const first = from.get(a) ?? a;
		if (a.kind === 'read' && a.rmw) {
			if (next.has(first)) return;
			next.set(first, a.rmw);
		}
		// A thread never sees an older store of a location after a newer one.
		for (const b of accesses) {
			if (a.thread !== b.thread || a.place >= b.place) continue;
			const second = from.get(b) ?? b;
			if (second === initial && first !== initial) return;
			if (first !== second) before.get(second)?.add(first);
			else if (a.kind === 'read' && b.kind === 'write') return;
		}
	}
	yield* extend([initial], { stores, before, next });
}

/** Yields the orders that begin with these stores. */
function* extend(order: readonly MemoryEvent[], limits: Constraints): Generator<MemoryEvent[]> {
	const { stores, before, next } = limits;
	if (order.length === stores.length) {
		yield [...order];
		return;
	}
	const last = order.at(-1);
	const following = last && next.get(last);
	for (const store of following ? [following] : stores) {
		if (order.includes(store)) continue;
		const earlier = before.get(store) ?? [];
		if ([...earlier].every((each) => order.includes(each)))
			yield* extend([...order, store], limits);
	}
}

function* product<T>(choices: readonly T[][]): Generator<T[]> {
	const [first, ...rest] = choices;
	if (!first) yield [];
	else for (const item of first) for (const others of product(rest)) yield [item, ...others];
}
