// SPDX-License-Identifier: MIT
// Generated from diff.schema.json by "npm run types". Do not edit.
import type { VectorId } from './common';
import type { Verdict } from './report';

/**
 * What changed between two reports, or between two versions of the library: dax-vectors diff --reporter json.
 */
export type Diff = Reports | Libraries;
/**
 * null where the report has no such result.
 */
export type ScoredVerdict = null | {
	verdict: Verdict;
	scored: boolean;
};
/**
 * null where the library has no such vector.
 */
export type Status = 'normative' | 'open' | 'retired' | null;

export interface Reports {
	/**
	 * Version of this format.
	 */
	format: 1;
	tool: 'dax-vectors';
	of: 'reports';
	/**
	 * The file, as given.
	 */
	before: string;
	/**
	 * The file, as given.
	 */
	after: string;
	/**
	 * Those of the later report.
	 */
	implementations: string[];
	/**
	 * What differs around the results, which may explain them.
	 */
	around: {
		name: string;
		before: string;
		after: string;
	}[];
	changes: ResultChange[];
	/**
	 * 1 when something that is scored was green and is not any more, else 0.
	 */
	exit: 0 | 1;
}
export interface ResultChange {
	/**
	 * new and gone: in one report only. fixed and regression: green on one side only.
	 */
	kind: 'regression' | 'fixed' | 'changed' | 'new' | 'gone';
	id: string;
	/**
	 * As the later report calls it.
	 */
	implementation: string;
	before: ScoredVerdict;
	after: ScoredVerdict;
	/**
	 * What else differs, and how.
	 */
	details: {
		name: string;
		text: string;
	}[];
}
export interface Libraries {
	/**
	 * Version of this format.
	 */
	format: 1;
	tool: 'dax-vectors';
	of: 'libraries';
	/**
	 * The file or folder, as given.
	 */
	before: string;
	/**
	 * The file or folder, as given.
	 */
	after: string;
	changes: VectorChange[];
	/**
	 * 1 when a change breaks, else 0.
	 */
	exit: 0 | 1;
}
export interface VectorChange {
	/**
	 * gone: no file and no tombstone. reused: was retired, and is not any more. changed: means something else. unscored: was normative, is open. retired: is a tombstone now. scored: was open, is normative. reworded: means the same.
	 */
	kind: 'gone' | 'reused' | 'changed' | 'unscored' | 'retired' | 'scored' | 'reworded' | 'new';
	/**
	 * Whoever cited or relied on the id before is let down.
	 */
	breaks: boolean;
	id: VectorId;
	title: string;
	before: Status;
	after: Status;
	details: {
		/**
		 * Where, after the variant's name where it is not so in all of them.
		 */
		path: string;
		/**
		 * Left out where it was absent.
		 */
		before?: {
			[k: string]: unknown;
		};
		/**
		 * Left out where it is absent.
		 */
		after?: {
			[k: string]: unknown;
		};
		/**
		 * What it does to what is allowed, where that shows; prose where it does nothing.
		 */
		effect: 'weaker' | 'stronger' | 'other' | 'prose';
	}[];
}
