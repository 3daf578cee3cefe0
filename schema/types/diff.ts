// SPDX-License-Identifier: MIT
// Generated from diff.schema.json by "npm run types". Do not edit.
import type { Verdict } from './report';

/**
 * null where the report has no such result.
 */
export type ScoredVerdict = null | {
	verdict: Verdict;
	scored: boolean;
};

/**
 * Differences between two reports: dax-vectors report diff --reporter json.
 */
export interface Diff {
	/**
	 * Version of this format.
	 */
	format: 1;
	tool: 'dax-vectors';
	/**
	 * The file, as given.
	 */
	before: string;
	/**
	 * The file, as given.
	 */
	after: string;
	/**
	 * Addresses in the later report.
	 */
	implementations: string[];
	/**
	 * Differences of the headers and footers, which may explain those of the results.
	 */
	around: {
		name: string;
		before: string;
		after: string;
	}[];
	changes: ResultChange[];
	/**
	 * 1 after a regression, else 0.
	 */
	exit: 0 | 1;
}
export interface ResultChange {
	/**
	 * new and gone: in one report only. fixed and regression: green on one side only, and scored. open-fails and open-holds: the same for a vector that is open, thus not scored. changed: any other difference.
	 */
	kind: 'regression' | 'fixed' | 'open-fails' | 'open-holds' | 'changed' | 'new' | 'gone';
	id: string;
	/**
	 * Address in the later report.
	 */
	implementation: string;
	before: ScoredVerdict;
	after: ScoredVerdict;
	/**
	 * Further differences.
	 */
	details: {
		name: string;
		text: string;
	}[];
}
