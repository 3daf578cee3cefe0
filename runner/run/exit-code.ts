// SPDX-License-Identifier: MIT
/** Exit codes: the contract with shells, CI and git bisect. */
import type { Result } from '../../schema/types/report';

export const CONFORMS = 0;
export const DOES_NOT_CONFORM = 1;
/** Usage, or an implementation that broke its contract with the runner. */
export const CANNOT_RUN = 2;
/** Cannot be decided; git bisect run skips the commit. */
export const CANNOT_TEST = 125;
/** Interrupted by Ctrl-C. */
export const INTERRUPTED = 130;

export const exitCodes = [
	[CONFORMS, 'conforms: everything scored is pass, xfail or skip'],
	[DOES_NOT_CONFORM, 'does not conform, or a list of known failures is stale'],
	[CANNOT_RUN, 'usage or harness error'],
	[CANNOT_TEST, 'cannot be tested (git bisect run skips the commit)'],
	[INTERRUPTED, 'interrupted'],
] as const;

const NOT_CONFORMING: readonly string[] = ['fail', 'xpass', 'timeout', 'crash'];

export function exitCode(results: readonly Result[], problems: readonly string[]): number {
	const verdicts = results.filter(({ scored }) => scored).map(({ verdict }) => verdict);
	if (problems.length > 0 || verdicts.some((verdict) => NOT_CONFORMING.includes(verdict)))
		return DOES_NOT_CONFORM;
	if (results.some(({ verdict }) => verdict === 'error')) return CANNOT_RUN;
	if (verdicts.includes('not-run')) return CANNOT_TEST;
	// Nothing passes by not running: if nothing that is scored applied, nothing was tested.
	return verdicts.some((verdict) => verdict !== 'skip') ? CONFORMS : CANNOT_TEST;
}
