// SPDX-License-Identifier: MIT
import { Relation } from '../relation';
import { orderable } from './grace-periods';
import type { Model } from './model';

/**
 * x86-TSO (Owens, Sarkar, Sewell 2009): a store may be delayed past later loads of its thread, and its thread reads it
 * before other threads do. In kernel code smp_mb() and every locked instruction drain the store buffer, even a cmpxchg()
 * that fails; smp_rmb(), smp_wmb(), acquire and release need no instruction on x86.
 */
export const tso: Model = {
	name: 'tso',
	knowsRaces: false,
	axioms(skeleton) {
		const accesses = skeleton.set(({ kind }) => kind === 'read' || kind === 'write');
		const reads = skeleton.set(({ kind }) => kind === 'read');
		const locked = skeleton.set(({ atomic }) => atomic);
		const writes = skeleton.set(({ kind }) => kind === 'write');
		const waits = skeleton.set(({ kind }) => kind === 'grace-period');
		const po = skeleton.po.from(accesses).to(accesses);
		const across = skeleton.po.to(waits).seq(skeleton.po).from(accesses).to(accesses);
		const drains = skeleton.fenced(
			'mb',
			'before-atomic',
			'after-atomic',
			'after-spinlock',
			'after-unlock-lock',
			'after-srcu-read-unlock',
		);
		const kept = Relation.union(
			po.minus(po.from(writes).to(reads)),
			po.and(drains),
			across,
			po.from(locked),
			po.to(locked),
			po.to(locked).seq(po),
		);
		const fits = orderable(skeleton);
		return {
			forbids: ({ rf, co, fr }) =>
				fits(Relation.union(kept, rf.and(skeleton.ext), co, fr)) ? null : 'tso',
		};
	},
};
