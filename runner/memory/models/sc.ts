// SPDX-License-Identifier: MIT
import { Relation } from '../relation';
import { orderable } from './grace-periods';
import type { Model } from './model';

/** Sequential consistency: one order of all accesses, in which each thread keeps its own (Lamport 1979). */
export const sc: Model = {
	name: 'sc',
	knowsRaces: false,
	axioms(skeleton) {
		const accesses = skeleton.set(({ kind }) => kind === 'read' || kind === 'write');
		const po = skeleton.po.from(accesses).to(accesses);
		const fits = orderable(skeleton);
		return {
			forbids: ({ com }) => (fits(Relation.union(po, com)) ? null : 'sc'),
		};
	},
};
