// SPDX-License-Identifier: MIT
/** Meaning of each verdict: one table for the report formats, the exit code and the pages. */
import type { Result, Verdict } from '../../schema/types/report';
import {
	CANNOT_TEST,
	CONFORMS,
	conclusionOf,
	DOES_NOT_CONFORM,
	type ExitCode,
	HARNESS_ERROR,
} from './exit-codes';

/** Outcome in CI systems. broken: nothing was learned, never green. excused: does not count. */
export type CiOutcome = 'passed' | 'failed' | 'broken' | 'excused';

interface Meaning {
	/** Worst first: a cell for several variants shows the worst one. */
	readonly rank: number;
	readonly ci: CiOutcome;
	/** Exit code that a scored result asks for; null for none. */
	readonly exit: ExitCode | null;
	/** Cell in a table of vectors by implementations. */
	readonly cell: string;
	readonly words: string;
}

/** In the order of the schema. */
export const verdicts = {
	pass: { rank: 7, ci: 'passed', exit: CONFORMS, cell: '.', words: 'passes' },
	fail: { rank: 0, ci: 'failed', exit: DOES_NOT_CONFORM, cell: 'FAIL', words: 'fails' },
	xfail: { rank: 6, ci: 'excused', exit: CONFORMS, cell: 'fail', words: 'fails, as known' },
	xpass: { rank: 1, ci: 'failed', exit: DOES_NOT_CONFORM, cell: 'XPASS', words: 'passes' },
	skip: { rank: 8, ci: 'excused', exit: null, cell: '-', words: 'does not apply' },
	'not-run': { rank: 5, ci: 'broken', exit: CANNOT_TEST, cell: '?', words: 'not run' },
	timeout: { rank: 3, ci: 'broken', exit: DOES_NOT_CONFORM, cell: 'TIMEOUT', words: 'no answer' },
	crash: { rank: 2, ci: 'broken', exit: DOES_NOT_CONFORM, cell: 'CRASH', words: 'it threw' },
	error: { rank: 4, ci: 'broken', exit: HARNESS_ERROR, cell: 'ERROR', words: 'broke its contract' },
} satisfies Record<Verdict, Meaning>;

/** True for a verdict that keeps a run green. */
export const isGreen = (verdict: Verdict): boolean => !verdicts[verdict].exit;

/** False for a verdict that says nothing about the vector. */
export const isDecided = (verdict: Verdict): boolean => verdicts[verdict].ci !== 'broken';

/** The worst of some results; undefined for none. */
export const worst = (results: readonly Result[]): Result | undefined =>
	[...results].sort((a, b) => verdicts[a.verdict].rank - verdicts[b.verdict].rank)[0];

/** True for a result that counts: an open vector is not scored, a broken contract always is. */
const counts = ({ scored, verdict }: Result): boolean => scored || verdict === 'error';

/** Outcome of a result in CI systems. An open vector is excused even if it passes: it tests nothing. */
export const ciOutcome = (result: Result): CiOutcome =>
	counts(result) ? verdicts[result.verdict].ci : 'excused';

/** True for a result that fails a run. */
export const isBad = (result: Result): boolean => ['failed', 'broken'].includes(ciOutcome(result));

/** Exit codes by precedence. */
const PRECEDENCE = [DOES_NOT_CONFORM, HARNESS_ERROR, CANNOT_TEST, CONFORMS] as const;

/** Exit code that results ask for. A run in which nothing scored applies has tested nothing. */
export function exitCodeOf(results: readonly Result[]): ExitCode {
	const codes = results.filter(counts).map(({ verdict }) => verdicts[verdict].exit);
	return PRECEDENCE.find((code) => codes.includes(code)) ?? CANNOT_TEST;
}

/** The verdict of a run in words: known failures are never hidden behind a bare "conforms". */
export function verdictLine(exit: number, results: readonly Result[]): string {
	const known = new Set(
		results.filter(({ verdict }) => verdict === 'xfail').map(({ vector }) => vector),
	).size;
	if (exit !== CONFORMS || known === 0) return conclusionOf(exit);
	return `conforms, apart from what is known: ${known} ${known === 1 ? 'vector fails' : 'vectors fail'} as listed, none is new`;
}
