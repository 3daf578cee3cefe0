// SPDX-License-Identifier: MIT
/** A report format: one file each, listed in index.ts. */
import type { ReportRecord, Result } from '../../schema/types/report';
import type { Case } from '../library/compile';
import type { Terminal } from '../text/terminal';

export interface Reporter {
	/** Writes a record. Called for the header first and for the footer last. */
	write(record: ReportRecord): void;
}

/** Facts for people that results do not hold. */
export interface Context {
	/** Lists every result. */
	readonly all?: boolean;
	/** Releases of the kernel on which the failures of a result are known. */
	readonly knownOn?: (
		result: Result,
	) => { readonly releases: readonly string[]; readonly reason: string } | undefined;
	/** Path of the file of a case; undefined for a case of the library. */
	readonly fileOf?: (id: string) => string | undefined;
}

/** total is the number of results to come; cases are those of the results, as far as the library has them. */
export type ReporterFactory = (
	terminal: Terminal,
	total: number,
	cases: readonly Case[],
	context?: Context,
) => Reporter;
