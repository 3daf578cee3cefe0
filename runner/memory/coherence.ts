// SPDX-License-Identifier: MIT
/**
 * The coherence orders that a choice of rf leaves: those that are sequentially consistent for each location alone, and
 * in which nothing comes between the two halves of a read-modify-write (axioms coherence and atomic).
 */
import type { Layout } from './layout';

/** Every combination, one order of stores for each location. */
export function* coherenceOrders(
	layout: Layout,
	from: ReadonlyMap<number, number>,
): Generator<number[][]> {
	const choices: number[][][] = [];
	for (const stores of storesByLocation(layout)) {
		const orders = [...ordersOf(layout, from, stores)];
		if (orders.length === 0) return;
		choices.push(orders);
	}
	yield* product(choices);
}

function storesByLocation({ events }: Layout): number[][] {
	const stores = new Map<string, number[]>();
	events.forEach(({ kind, location }, id) => {
		if (kind === 'write') stores.set(location!, [...(stores.get(location!) ?? []), id]);
	});
	return [...stores.values()];
}

function* ordersOf(
	layout: Layout,
	from: ReadonlyMap<number, number>,
	stores: readonly number[],
): Generator<number[]> {
	const { events } = layout;
	const [initial] = stores;
	const { location } = events[initial!]!;
	/** The stores that must come before each. */
	const before = new Map(stores.map((store) => [store, new Set<number>()]));
	for (const store of stores) if (store !== initial) before.get(store)!.add(initial!);
	/** Of each store that a read-modify-write reads from, the one that it stores. */
	const follower = new Map<number, number>();
	const touches = events.flatMap((event, id) =>
		event.location === location && (event.kind === 'read' || event.kind === 'write') ? [id] : [],
	);
	// What a thread sees of one location never goes back.
	for (const a of touches) {
		const { rmw, thread, place, kind } = events[a]!;
		if (kind === 'read' && rmw >= 0) {
			if (follower.has(from.get(a)!)) return;
			follower.set(from.get(a)!, rmw);
		}
		const first = from.get(a) ?? a;
		for (const b of touches) {
			if (thread !== events[b]!.thread || place >= events[b]!.place) continue;
			const second = from.get(b) ?? b;
			if (second === initial && first !== initial) return;
			if (first !== second) before.get(second)!.add(first);
			else if (kind === 'read' && events[b]!.kind === 'write') return;
		}
	}
	yield* extend([initial!], stores, before, follower);
}

function* extend(
	order: readonly number[],
	stores: readonly number[],
	before: ReadonlyMap<number, ReadonlySet<number>>,
	follower: ReadonlyMap<number, number>,
): Generator<number[]> {
	if (order.length === stores.length) {
		yield [...order];
		return;
	}
	const next = follower.get(order.at(-1)!);
	for (const store of next === undefined ? stores : [next]) {
		if (order.includes(store)) continue;
		if ([...before.get(store)!].every((each) => order.includes(each)))
			yield* extend([...order, store], stores, before, follower);
	}
}

function* product(choices: readonly number[][][]): Generator<number[][]> {
	const [first, ...rest] = choices;
	if (!first) yield [];
	else for (const order of first) for (const others of product(rest)) yield [order, ...others];
}
