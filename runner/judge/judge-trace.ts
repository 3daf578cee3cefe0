// SPDX-License-Identifier: MIT
/** Judges a trace: its execution, and the data races that follow from its happens-before. */
import type { Execution } from '../../schema/types/execution';
import type { SeenRace } from '../explore/data-races';
import { dataRaces } from '../explore/data-races';
import { Dependence } from '../explore/dependence';
import { Trace } from '../explore/trace';
import type { Case } from '../library/compile';
import { type Judgement, judge } from './judge';

const known = new WeakMap<Case, Dependence>();

/** Targets share the footprints of a case, while objects that only another target has do not crowd out those of this one. */
export function dependenceOf(test: Case): Dependence {
	let dependence = known.get(test);
	if (!dependence || dependence.isCrowded) {
		dependence = new Dependence(test.observations);
		known.set(test, dependence);
	}
	return dependence;
}

export const traceOf = (test: Case, execution: Execution): Trace =>
	new Trace(execution, dependenceOf(test));

export function judgeTrace(
	test: Case,
	trace: Trace,
	races = dataRaces(trace),
): Judgement & { readonly races: readonly SeenRace[] } {
	return { ...judge(test, trace.execution, races), races };
}
