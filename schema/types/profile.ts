// SPDX-License-Identifier: MIT
// Generated from profile.schema.json by "npm run types". Do not edit.

/**
 * A frozen set of vectors: whoever pins it never starts to fail because of a vector that came later. Written by dax-vectors profile NAME --record.
 */
export interface Profile {
	/**
	 * Version of this format.
	 */
	format: 1;
	/**
	 * Its name, which is also the file's.
	 */
	profile: string;
	/**
	 * Version of dax-vectors that first had it.
	 */
	since: string;
	/**
	 * Fingerprints of what the vectors mean, as in the ledger, by id.
	 */
	vectors: {
		/**
		 * What the vector meant when the profile was made.
		 */
		[k: string]: string;
	};
}
