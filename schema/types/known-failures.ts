// SPDX-License-Identifier: MIT
// Generated from known-failures.schema.json by "npm run types". Do not edit.

/**
 * What a target is known to fail. Each listed vector must fail as it says; one that passes or fails otherwise, or an entry that matches nothing, fails the run.
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
		 * Ids or globs, DAXV-0001 (all its variants) or DAXV-0001/fs_dax_get, each with the expectations that it fails, as a report names them: [outcomes/claimed/device/ops]. run --update-known-failures fills in what is left empty: [].
		 */
		fails: {
			/**
			 * Expectations of the vector that fail, as their paths in it.
			 */
			[k: string]: string[];
		};
		/**
		 * Why the target fails these.
		 */
		reason: string;
		/**
		 * Where that is known from: a commit id with its subject, or a Message-ID.
		 */
		link: string;
	}[];
}
