// SPDX-License-Identifier: MIT
/**
 * rcu-fence of linux-kernel.cat: a sequence with at least as many grace periods as read sections, of one domain where
 * they are paired, orders like a strong fence.
 */
import { Relation } from '../relation';
import type { Skeleton } from '../skeleton';

export type RcuFence = (hbStar: Relation, pbStar: Relation, prop: Relation) => Relation;

export function rcuFence({ events, po, sections }: Skeleton): RcuFence {
	const size = events.length;
	const none = Relation.empty(size);
	const grace = Relation.of(size, (a, b) => a === b && events[a]!.kind === 'grace-period');
	if (grace.isEmpty() || sections.isEmpty()) return () => none;
	const backwards = sections.inverse();
	const opt = po.optional();
	/** rcu-gp pairs with RCU sections, srcu-gp with the sections of its own domain. */
	const loc = Relation.of(size, (a, b) => events[a]!.location === events[b]!.location);

	return (hbStar, pbStar, prop) => {
		const link = opt.seq(hbStar, pbStar, prop, po);
		const paired = (middle: Relation) =>
			Relation.union(grace.seq(middle, backwards).and(loc), backwards.seq(middle, grace).and(loc));
		let order = Relation.union(grace, paired(link));
		for (;;) {
			const next = Relation.union(order, paired(link.seq(order, link)), order.seq(link, order));
			if (next.equals(order)) break;
			order = next;
		}
		return po.seq(order, opt);
	};
}
