// SPDX-License-Identifier: MIT
// Generated from ledger.schema.json by "npm run types". Do not edit.

/**
 * Every id that was ever used. An id is never reused and never changes its meaning.
 */
export interface Ledger {
	/**
	 * Version of this format.
	 */
	format: 1;
	/**
	 * The ids, ascending.
	 */
	ids: {
		[k: string]: {
			/**
			 * Hash of the meaning of the vector: device, setup, holders, threads, variants, outcomes, rules, warnings, races.
			 */
			fingerprint: string;
			/**
			 * First version of dax-vectors with this id.
			 */
			since: string;
			/**
			 * Status when last recorded.
			 */
			status: 'normative' | 'open' | 'retired';
		};
	};
}
