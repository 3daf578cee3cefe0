// SPDX-License-Identifier: MIT
/** What a verdict means to readers that know fewer words: CI systems know passed, failed, broken and skipped. */
import type { Footer, Result } from '../../schema/types/report';
import { CANNOT_TEST, INTERRUPTED } from '../run/exit-code';
import { urlOf } from '../text/links';

export type CiOutcome = 'passed' | 'failed' | 'broken' | 'excused';

/** broken: nothing was learned, which is never green. excused: seen, and it does not count. */
export function ciOutcome({ verdict, scored }: Result): CiOutcome {
	// A broken contract is the harness's trouble, whichever vector showed it.
	if (verdict === 'error') return 'broken';
	// Even one that passes: a run of open vectors only must not look as if something had been tested.
	if (!scored) return 'excused';
	switch (verdict) {
		case 'pass':
			return 'passed';
		case 'fail':
		case 'xpass':
			return 'failed';
		case 'not-run':
		case 'timeout':
		case 'crash':
			return 'broken';
		case 'xfail':
		case 'skip':
			return 'excused';
	}
}

/** Why a result that is excused does not count. */
export function reasonNotCounted({ verdict, scored, reason, link }: Result): string {
	if (!scored) return `open, not scored: ${verdict}`;
	if (verdict !== 'xfail') return reason;
	const url = urlOf(link ?? '');
	return `known failure: ${reason}${url ? ` (${url})` : ''}`;
}

/** The name under which CI systems file what no single result shows; it looks like no id. */
export const WHOLE = 'known-failures';

/** What keeps a run from conforming though no result does; empty where nothing does. */
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
