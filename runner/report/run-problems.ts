// SPDX-License-Identifier: MIT
/** Text for CI systems about results that do not count, and about a run as a whole. */
import type { Footer, Result } from '../../schema/types/report';
import { urlOf } from '../text/links';
import { CANNOT_TEST, INTERRUPTED } from './exit-codes';

/** Reason why a result that is excused does not count. */
export function reasonNotCounted({ verdict, scored, reason, link }: Result): string {
	if (!scored) return `open, not scored: ${verdict}`;
	if (verdict !== 'xfail') return reason;
	const url = urlOf(link ?? '');
	return `known failure: ${reason}${url ? ` (${url})` : ''}`;
}

/** Name of the test case for the run as a whole, in CI systems; no id looks like it. */
export const WHOLE_RUN = 'known-failures';

/** Why a run does not conform, besides its results; empty where nothing else is wrong. */
export function runProblems(
	{ results, problems, exit }: Footer,
	total: number,
	anyBad: boolean,
): string[] {
	const found = [...problems];
	if (results < total || exit === INTERRUPTED) found.push(`${results} of ${total} decided`);
	else if (exit === CANNOT_TEST && !anyBad) found.push('nothing that is scored was tested');
	return found;
}
