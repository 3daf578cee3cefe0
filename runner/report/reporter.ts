// SPDX-License-Identifier: MIT
/** A report format: writes records as they come. One file each, listed in index.ts. */
import type { ReportRecord } from '../../schema/types/report';
import type { Case } from '../library/compile';
import type { Terminal } from '../text/terminal';

export interface Reporter {
	/** Is given every record, the header first and the footer last. */
	write(record: ReportRecord): void;
}

/** total is the number of results to come; cases are what they are about. */
export type ReporterFactory = (
	terminal: Terminal,
	total: number,
	cases: readonly Case[],
) => Reporter;
