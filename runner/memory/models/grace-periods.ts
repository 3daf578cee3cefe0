// SPDX-License-Identifier: MIT
/**
 * The fundamental law of RCU for models with one order of all events: for each read section and grace period, either
 * accesses before the end of the section precede accesses after the grace period, or accesses before the grace period
 * precede accesses after the begin of the section.
 */
import type { MemoryEvent } from '../layout';
import { Relation } from '../relation';
import type { Skeleton } from '../skeleton';

/** For each section and grace period of one domain the two orders that the law allows. */
function alternatives(skeleton: Skeleton): [Relation, Relation][] {
	const { events, po, sections } = skeleton;
	const accesses = skeleton.set(({ kind }) => kind === 'read' || kind === 'write');
	const graces = events.filter(({ kind }) => kind === 'grace-period');
	const order = (last: MemoryEvent, first: MemoryEvent) =>
		skeleton
			.relation((a, b) => po.has(a.id, last.id) && po.has(first.id, b.id))
			.from(accesses)
			.to(accesses);
	return events.flatMap((begin) =>
		events
			.filter((end) => sections.has(begin.id, end.id))
			.flatMap((end) =>
				graces
					.filter(({ location }) => location === begin.location)
					.map((grace): [Relation, Relation] => [order(end, grace), order(grace, begin)]),
			),
	);
}

/** Gives a predicate: true for a relation that stays acyclic with one of the two orders of each alternative. */
export function orderable(skeleton: Skeleton): (order: Relation) => boolean {
	const pairs = alternatives(skeleton);
	const settle = (order: Relation, index: number): boolean => {
		if (!order.isAcyclic()) return false;
		const pair = pairs[index];
		return !pair || pair.some((each) => settle(Relation.union(order, each), index + 1));
	};
	return (order) => settle(order, 0);
}
