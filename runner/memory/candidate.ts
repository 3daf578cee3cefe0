// SPDX-License-Identifier: MIT
/** A candidate execution: the events, the store that each load reads (rf), the order of stores (co). */
import type { CoherenceOrder, ReadsFrom } from './coherence';
import { Relation } from './relation';
import type { Skeleton } from './skeleton';

export class Candidate {
	readonly rf: Relation;
	readonly co: Relation;
	readonly fr: Relation;
	/** Communication: rf | co | fr. */
	readonly com: Relation;

	constructor(
		readonly skeleton: Skeleton,
		from: ReadsFrom,
		orders: readonly CoherenceOrder[],
	) {
		const size = skeleton.events.length;
		this.rf = Relation.empty(size);
		this.co = Relation.empty(size);
		for (const [read, write] of from) this.rf.add(write.id, read.id);
		for (const { stores } of orders)
			for (const [index, store] of stores.entries())
				for (const later of stores.slice(index + 1)) this.co.add(store.id, later.id);
		this.fr = this.rf.inverse().seq(this.co);
		this.com = Relation.union(this.rf, this.co, this.fr);
	}
}
