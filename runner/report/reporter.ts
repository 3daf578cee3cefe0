// SPDX-License-Identifier: MIT
/** A report format: one file each, listed in index.ts. */
import type { ReportRecord } from '../../schema/types/report';
import type { Case } from '../library/compile';
import type { Terminal } from '../text/terminal';

export interface Reporter {
	/** Writes a record. Called for the header first and for the footer last. */
	write(record: ReportRecord): void;
}

/** total is the number of results to come; cases are those of the results, as far as the library has them. */
export type ReporterFactory = (
	terminal: Terminal,
	total: number,
	cases: readonly Case[],
) => Reporter;
