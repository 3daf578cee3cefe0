// SPDX-License-Identifier: MIT
/** Plain accesses in linux-kernel.cat: compiler transformations (plain-coherence) and data races. */
import type { Candidate } from '../candidate';
import { type EventSet, Relation } from '../relation';

interface Derived {
	readonly Marked: EventSet;
	readonly Plain: EventSet;
	readonly addr: Relation;
	readonly rfe: Relation;
	readonly rmb: Relation;
	readonly rmwSequence: Relation;
	readonly strongFence: Relation;
	readonly nonrwFence: Relation;
	readonly fence: Relation;
	readonly cumulStar: Relation;
	readonly xbStar: Relation;
}

export interface PlainAccesses {
	/** True if the candidate violates the axiom plain-coherence. */
	incoherent(): boolean;
	/** Pairs of events in data-race. */
	races(): [number, number][];
}

export function plainAccesses(
	{ skeleton, rf, co, fr }: Candidate,
	derived: Derived,
): PlainAccesses {
	const { events, ext } = skeleton;
	const { Marked, Plain, addr, rfe, rmb, rmwSequence, fence, nonrwFence, cumulStar } = derived;
	const { strongFence, xbStar } = derived;
	if (events.every(({ order }) => order !== 'plain'))
		return { incoherent: () => false, races: () => [] };
	const is = (kind: 'read' | 'write') => skeleton.set((event) => event.kind === kind);
	const W = is('write');
	const M = skeleton.set(({ kind }) => kind === 'read' || kind === 'write');
	const later = skeleton.set(
		({ thread, kind }) => thread >= 0 && (kind === 'read' || kind === 'write'),
	);
	const product = (from: EventSet, to: EventSet) =>
		skeleton
			.relation(() => true)
			.from(from)
			.to(to);

	const int = (relation: Relation) => relation.minus(ext);
	const vis = cumulStar
		.seq(rfe.optional())
		.to(Marked)
		.seq(Relation.union(strongFence.to(Marked).seq(xbStar), int(xbStar)));

	const wPre = Relation.union(addr, fence).optional().from(Marked);
	const rPre = Relation.union(addr, nonrwFence, rmb).optional().from(Marked);
	const wPost = fence.optional().to(Marked).seq(rmwSequence);
	const rPost = Relation.union(nonrwFence, rmb).optional().to(Marked);

	const strong = strongFence.seq(xbStar);
	const wwVis = Relation.union(fence, strong.seq(wPre), wPost.seq(vis, wPre));
	const wrVis = Relation.union(fence, strong.seq(rPre), wPost.seq(vis, rPre));
	const rwXbStar = Relation.union(fence, rPost.seq(xbStar, wPre));

	const preRace = Relation.union(product(Plain, M), product(later, Plain)).and(ext);
	return {
		incoherent: () =>
			![rf.and(rwXbStar.inverse()), fr.and(wrVis.inverse()), co.and(wwVis.inverse())].every(
				(each) => each.and(preRace).isEmpty(),
			),
		races() {
			const nonrace = wwVis
				.and(Relation.union(product(Marked, W), rwXbStar))
				.and(Relation.union(product(W, Marked), wrVis));
			return [
				...preRace.and(co).minus(nonrace).pairs(),
				...preRace.and(co.optional().seq(rf)).minus(wrVis).minus(rwXbStar.inverse()).pairs(),
				...preRace.and(fr).minus(rwXbStar).pairs(),
			];
		},
	};
}
