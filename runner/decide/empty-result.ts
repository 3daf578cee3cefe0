// SPDX-License-Identifier: MIT
/** The result of a case that nothing was seen of. */
import type { Result, Verdict } from '../../schema/types/report';
import type { Case } from '../library/compile';

export function emptyResult(
	{ id, vector }: Case,
	implementation: string,
	verdict: Verdict,
	reason: string,
): Result {
	return {
		record: 'result',
		implementation,
		id,
		vector: vector.id,
		title: vector.title,
		status: vector.status as 'normative' | 'open',
		scored: vector.status === 'normative',
		verdict,
		reason,
		completeness: { kind: 'none', traces: 0, executions: 0, preemptions: null },
		outcomes: {},
		failures: [],
		races: [],
		milliseconds: 0,
	};
}
