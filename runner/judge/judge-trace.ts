// SPDX-License-Identifier: MIT
/** Judges a trace: its execution, and the data races that follow from its happens-before. */
import type { Execution } from '../../schema/types/execution';
import type { SeenRace } from '../explore/data-races';
import { dataRaces } from '../explore/data-races';
import { Dependence } from '../explore/dependence';
import { Trace } from '../explore/trace';
import type { Case } from '../library/compile';
import { type Judgement, judge } from './judge';

export const dependenceOf = ({ observations }: Case): Dependence => new Dependence(observations);

export const traceOf = (test: Case, execution: Execution): Trace =>
	new Trace(execution, dependenceOf(test));

export function judgeTrace(
	test: Case,
	trace: Trace,
): Judgement & { readonly races: readonly SeenRace[] } {
	const races = dataRaces(trace);
	return { ...judge(test, trace.execution, races), races };
}
