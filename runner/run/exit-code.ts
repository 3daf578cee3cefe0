// SPDX-License-Identifier: MIT
/** Exit code of a run. */
import type { Result } from '../../schema/types/report';
import { DOES_NOT_CONFORM, type ExitCode } from '../report/exit-codes';
import { exitCodeOf } from '../report/verdicts';

/** Returns the exit code. Problems of the lists of known failures fail the run. */
export const exitCode = (results: readonly Result[], problems: readonly string[]): ExitCode =>
	problems.length > 0 ? DOES_NOT_CONFORM : exitCodeOf(results);
