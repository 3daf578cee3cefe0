// SPDX-License-Identifier: MIT
/** Result of a case without any execution. */
import type { Result, Verdict } from '../../schema/types/report';
import type { Case } from '../library/compile';
import { noFindings } from './verdict';

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
		...noFindings(),
		milliseconds: 0,
	};
}
