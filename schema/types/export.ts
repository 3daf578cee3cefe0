// SPDX-License-Identifier: MIT
// Generated from export.schema.json by "npm run types". Do not edit.
import type { CallName, FieldName, VectorId } from './common';
import type { Program } from './program';

/**
 * All vectors with their variants, every $word replaced by its value: dax-vectors export --json.
 */
export interface Export {
	/**
	 * Version of this format.
	 */
	format: 1;
	tool: 'dax-vectors';
	/**
	 * Version of dax-vectors.
	 */
	version: string;
	cases: {
		/**
		 * Vector and variant, such as DAXV-0001/fs_dax_get.
		 */
		id: string;
		vector: VectorId;
		title: string;
		status: 'normative' | 'open';
		tags: string[];
		/**
		 * As in the vector: vector.schema.json.
		 */
		bug: {};
		/**
		 * Fingerprint of the meaning of the vector, as in the ledger.
		 */
		meaning: string;
		/**
		 * Fingerprint of the program: a schedule is valid for this program only.
		 */
		fingerprint: string;
		needs: {
			calls: CallName[];
			fields: FieldName[];
		};
		program: Program;
		/**
		 * orders, outcomes, rules, warnings and races as in the vector: vector.schema.json.
		 */
		expectations: {};
	}[];
	/**
	 * Tombstones: ids that are never used again.
	 */
	retired: {
		id: VectorId;
		title: string;
		reason: string;
		'replaced-by'?: VectorId;
	}[];
}
