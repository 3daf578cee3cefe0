// SPDX-License-Identifier: MIT
// Generated from profile.schema.json by "npm run types". Do not edit.

/**
 * A frozen set of vectors, so that later vectors never make a target fail. Written by dax-vectors lint --record-profile NAME.
 */
export interface Profile {
	/**
	 * Version of this format.
	 */
	format: 1;
	/**
	 * Name of the profile, which is also the name of the file.
	 */
	profile: string;
	/**
	 * First version of dax-vectors with this profile.
	 */
	since: string;
	/**
	 * Fingerprints of the meanings of the vectors, as in the ledger, by id.
	 */
	vectors: {
		/**
		 * Fingerprint when the profile was recorded.
		 */
		[k: string]: string;
	};
}
