// SPDX-License-Identifier: MIT
// Generated from known-failures.schema.json by "npm run types". Do not edit.

/**
 * Known failures of a target. A listed vector must fail exactly the expectations of its entry. A vector that passes or fails differently, and an entry that matches nothing, fail the run.
 */
export interface KnownFailures {
	/**
	 * Version of this format.
	 */
	format: 1;
	/**
	 * The target, which is also the file's name.
	 */
	target: string;
	/**
	 * Known failures, each with its reason.
	 */
	failures: {
		/**
		 * Ids or globs, DAXV-0001 (all its variants) or DAXV-0001/fs_dax_get, each with the expectations that it fails, as a report names them: [outcomes/claimed/device/ops]. run --update-known-failures records the expectations of an empty list: [].
		 */
		fails: {
			/**
			 * Expectations of the vector that fail, as their paths in it.
			 */
			[k: string]: string[];
		};
		/**
		 * Reason why the target fails these expectations.
		 */
		reason: string;
		/**
		 * Source of the reason: a commit id with its subject, or a Message-ID.
		 */
		link: string;
	}[];
}
