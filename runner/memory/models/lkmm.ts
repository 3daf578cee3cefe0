// SPDX-License-Identifier: MIT
/**
 * The Linux kernel memory model (tools/memory-model, Linux 6.12; Alglave, Maranget, McKenney, Parri, Stern, ASPLOS 2018).
 * Names are those of linux-kernel.cat and linux-kernel.bell, so that the two can be read side by side. The axioms
 * coherence and atomic hold by construction (coherence.ts). Read sections and grace periods are events that touch no
 * memory, as they were until Linux 6.1.
 */
import type { Candidate } from '../candidate';
import type { MemoryEvent } from '../layout';
import { Relation } from '../relation';
import type { Axioms, Model } from './model';
import { plainAccesses } from './plain';
import { rcuFence } from './rcu';

export const lkmm: Model = {
	name: 'lkmm',
	knowsRaces: true,
	/** Longer than other functions, so that its names follow linux-kernel.cat from top to bottom. */
	axioms(skeleton): Axioms {
		const { events, po, rmw, ext } = skeleton;
		const none = Relation.empty(events.length);
		const id = none.optional();
		const set = (holds: (event: MemoryEvent) => boolean) => skeleton.set(holds);

		const R = set(({ kind }) => kind === 'read');
		const W = set(({ kind }) => kind === 'write');
		const M = set(({ kind }) => kind === 'read' || kind === 'write');
		const Marked = set(({ order }) => order !== 'plain');
		const Plain = set(({ order }) => order === 'plain');
		// RMW includes an atomic instruction that stored nothing, as in herd7.
		const RMW = set(({ atomic }) => atomic);
		const LKR = set(({ lock, kind, rmw }) => lock && kind === 'read' && rmw !== null);
		const LKW = set(({ lock, kind, rmw }) => lock && kind === 'write' && rmw !== null);
		const UL = set(({ lock, kind, rmw }) => lock && kind === 'write' && rmw === null);
		const Acquire = set(
			({ order, lock, kind, rmw }) =>
				(kind === 'read' && order === 'acquire') || (lock && kind === 'read' && rmw !== null),
		);
		const Release = set(
			({ order, lock, kind, rmw }) =>
				(kind === 'write' && order === 'release') || (lock && kind === 'write' && rmw === null),
		);
		const R4rmb = set(({ kind, order }) => kind === 'read' && order !== 'noreturn');
		const SrcuUnlock = set(({ kind, location }) => kind === 'section-end' && location !== null);
		const Sync = set(({ kind }) => kind === 'grace-period');

		const acqPo = po.from(Acquire).to(M);
		const poRel = po.from(M).to(Release);
		const rmb = skeleton.fenced('rmb').from(R4rmb).to(R4rmb);
		const wmb = skeleton.fenced('wmb').from(W).to(W);
		const opt = po.optional();
		const gp = po.to(Sync).seq(opt);
		const fixedMb = Relation.union(
			skeleton.fenced('mb').from(M).to(M),
			skeleton.fenced('before-atomic').from(M).to(RMW).seq(opt).to(M),
			opt.from(M).to(RMW).seq(skeleton.fenced('after-atomic')).to(M),
			opt.from(M).to(LKW).seq(skeleton.fenced('after-spinlock')).to(M),
			opt.from(M).to(SrcuUnlock).seq(skeleton.fenced('after-srcu-read-unlock')).to(M),
		);
		const hasLocks = events.some(({ lock }) => lock);
		const afterUnlockLock = skeleton.fenced('after-unlock-lock');

		function derive({ rf, co, fr }: Candidate) {
			const int = (relation: Relation) => relation.minus(ext);
			const rfi = int(rf);
			const rfe = rf.and(ext);
			const handover = hasLocks ? po.to(UL).seq(Relation.union(po, rf)).to(LKR) : none;
			const poUnlockLockPo = handover.seq(po);
			const mb = Relation.union(fixedMb, handover.seq(afterUnlockLock).from(M).to(M));
			const strongFence = Relation.union(mb, gp);
			const nonrwFence = Relation.union(strongFence, poRel, acqPo);
			const fence = Relation.union(nonrwFence, wmb, rmb);

			const carryDep = skeleton.data.seq(rfi).star();
			const addr = carryDep.seq(skeleton.addr);
			const data = carryDep.seq(skeleton.data);
			const ctrl = carryDep.seq(skeleton.ctrl);
			const dep = Relation.union(addr, data);
			const rwdep = Relation.union(dep, ctrl).to(W);
			const overwrite = Relation.union(co, fr);
			const toW = Relation.union(rwdep, int(overwrite), addr.to(Plain).seq(wmb));
			const toR = Relation.union(addr.to(R), dep.to(Marked).seq(rfi));
			const ppo = Relation.union(toR, toW, int(fence), int(poUnlockLockPo));

			const cumul = Relation.union(strongFence, poRel);
			const rmwSequence = rf.seq(rmw).star();
			const cumulFence = Relation.union(rfe.to(Marked).optional().seq(cumul), wmb, poUnlockLockPo)
				.from(Marked)
				.to(Marked)
				.seq(rmwSequence);
			const cumulStar = cumulFence.star();
			const prop = overwrite
				.and(ext)
				.optional()
				.from(Marked)
				.seq(cumulStar)
				.to(Marked)
				.seq(rfe.optional())
				.to(Marked);
			const hb = Relation.union(ppo, rfe, int(prop.minus(id)))
				.from(Marked)
				.to(Marked);
			return { rfe, rmwSequence, addr, strongFence, nonrwFence, fence, cumulStar, prop, hb };
		}

		const rcu = rcuFence(skeleton);
		function check(candidate: Candidate) {
			const base = derive(candidate);
			const { hb, prop, strongFence } = base;
			const hbPlus = hb.plus();
			if (!hbPlus.isIrreflexive()) return 'happens-before';
			const hbStar = hbPlus.optional();
			const pb = prop.seq(strongFence, hbStar).to(Marked);
			const pbPlus = pb.plus();
			if (!pbPlus.isIrreflexive()) return 'propagation';
			const pbStar = pbPlus.optional();
			const rcuOrdered = rcu(hbStar, pbStar, prop);
			const rb = prop.seq(rcuOrdered, hbStar, pbStar).to(Marked);
			if (!rb.isIrreflexive()) return 'rcu';
			const strong = Relation.union(strongFence, rcuOrdered);
			const plain = plainAccesses(candidate, {
				...base,
				strongFence: strong,
				fence: Relation.union(base.fence, rcuOrdered),
				rmb,
				xbStar: Relation.union(hb, pb, rb).star(),
				Marked,
				Plain,
			});
			return plain;
		}

		return {
			forbids(candidate) {
				const result = check(candidate);
				if (typeof result === 'string') return result;
				return result.incoherent() ? 'plain-coherence' : null;
			},
			races(candidate) {
				const result = check(candidate);
				return typeof result === 'string' ? [] : result.races();
			},
		};
	},
};
