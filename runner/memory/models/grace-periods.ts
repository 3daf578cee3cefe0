// SPDX-License-Identifier: MIT
/**
 * The fundamental law of RCU for models with one order of everything: of a read section and a grace period, either all
 * that precedes the end of the section is seen by what follows the grace period, or all that precedes the grace period is
 * seen by what follows the beginning of the section.
 */
import { Relation } from '../relation';
import type { Skeleton } from '../skeleton';

/** The two orders of each section and grace period of one domain. */
function alternatives(skeleton: Skeleton): [Relation, Relation][] {
	const { events, po, sections } = skeleton;
	const size = events.length;
	const accesses = skeleton.set(({ kind }) => kind === 'read' || kind === 'write');
	const found: [Relation, Relation][] = [];
	for (const [begin, end] of sections.pairs())
		events.forEach(({ kind, location }, grace) => {
			if (kind !== 'grace-period' || location !== events[begin]!.location) return;
			const order = (last: number, first: number) =>
				Relation.of(size, (a, b) => po.has(a, last) && po.has(first, b))
					.from(accesses)
					.to(accesses);
			found.push([order(end, grace), order(grace, begin)]);
		});
	return found;
}

/** Is there an order of sections and grace periods that agrees with all that is ordered already? */
export function orderable(skeleton: Skeleton): (order: Relation) => boolean {
	const pairs = alternatives(skeleton);
	const settle = (order: Relation, index: number): boolean => {
		if (!order.isAcyclic()) return false;
		const pair = pairs[index];
		return !pair || pair.some((each) => settle(Relation.union(order, each), index + 1));
	};
	return (order) => settle(order, 0);
}
