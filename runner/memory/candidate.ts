// SPDX-License-Identifier: MIT
/** A candidate execution: the events, which store each load reads (rf), in which order stores last (co). */
import { Relation } from './relation';
import type { Skeleton } from './skeleton';

export class Candidate {
	readonly rf: Relation;
	readonly co: Relation;
	readonly fr: Relation;
	/** Communication: rf | co | fr. */
	readonly com: Relation;

	/**
	 * @param from  for each event that reads, the store that it reads from
	 * @param orders  the stores of each location in coherence order, the initial one first
	 */
	constructor(
		readonly skeleton: Skeleton,
		readonly from: ReadonlyMap<number, number>,
		readonly orders: readonly (readonly number[])[],
	) {
		const size = skeleton.events.length;
		this.rf = Relation.empty(size);
		this.co = Relation.empty(size);
		for (const [read, write] of from) this.rf.add(write, read);
		for (const order of orders)
			order.forEach((write, index) => {
				for (const later of order.slice(index + 1)) this.co.add(write, later);
			});
		this.fr = this.rf.inverse().seq(this.co);
		this.com = Relation.union(this.rf, this.co, this.fr);
	}

	/** The store of a location that lasts. */
	last(location: string): number {
		const { events } = this.skeleton;
		return this.orders.find((order) => events[order[0]!]!.location === location)!.at(-1)!;
	}
}
