// SPDX-License-Identifier: MIT
/** Exit code of a run. */
import type { Result } from '../../schema/types/report';
import { DOES_NOT_CONFORM, type ExitCode } from '../report/exit-codes';
import { exitCodeOf } from '../report/verdicts';

/** problems are those of the lists of known failures: a stale list fails the run. */
export const exitCode = (results: readonly Result[], problems: readonly string[]): ExitCode =>
	problems.length > 0 ? DOES_NOT_CONFORM : exitCodeOf(results);
