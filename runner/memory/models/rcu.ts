// SPDX-License-Identifier: MIT
/**
 * The relation rcu-fence of linux-kernel.cat: a sequence with at least as many grace periods as read sections, paired
 * within one domain, orders like a strong fence.
 */
import { Relation } from '../relation';
import type { Skeleton } from '../skeleton';

export type RcuFence = (hbStar: Relation, pbStar: Relation, prop: Relation) => Relation;

export function rcuFence(skeleton: Skeleton): RcuFence {
	const { events, po, sections } = skeleton;
	const none = Relation.empty(events.length);
	const grace = skeleton.relation((a, b) => a === b && a.kind === 'grace-period');
	if (grace.isEmpty() || sections.isEmpty()) return () => none;
	const backwards = sections.inverse();
	const opt = po.optional();
	/** Pairs rcu-gp with RCU sections, srcu-gp with the sections of its own domain. */
	const loc = skeleton.relation((a, b) => a.location === b.location);

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
