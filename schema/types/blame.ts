// SPDX-License-Identifier: MIT
// Generated from blame.schema.json by "npm run types". Do not edit.

/**
 * One line of what blame --reporter json prints: a header, then one record for each vector.
 */
export type BlameRecord = BlameHeader | BlamedVector;
/**
 * none: the vector does not apply. unknown: cannot be decided.
 */
export type State = 'pass' | 'fail' | 'none' | 'unknown';

export interface BlameHeader {
	record: 'blame';
	/**
	 * Version of this format.
	 */
	format: 1;
	/**
	 * Range of commits as given.
	 */
	range: string;
	/**
	 * Commits that touch what is compiled.
	 */
	commits: number;
	/**
	 * Different states of what is compiled.
	 */
	states: number;
	/**
	 * States that were judged, those of side branches included.
	 */
	judged: number;
}
export interface BlamedVector {
	record: 'vector';
	/**
	 * Id of the vector.
	 */
	vector: string;
	start: State;
	end: State;
	/**
	 * Commits that changed the state, in order.
	 */
	turns: Turn[];
	/**
	 * Why a state is unknown, by the hash of the commit.
	 */
	obstacles: {
		[k: string]: string;
	};
	/**
	 * Fixes: line of the commit that made the vector fail last.
	 */
	fixes: string | null;
}
/**
 * A change of the state. commit: the one that changed it; of a merge, the commit of its branch. merge: the merge that brought the commit in.
 */
export interface Turn {
	from: State;
	to: State;
	commit: Commit;
	merge?: Commit;
	/**
	 * Commits that cannot be judged: any of them may have changed the state.
	 */
	hidden: Commit[];
}
export interface Commit {
	/**
	 * Full hash.
	 */
	hash: string;
	/**
	 * First line of its message.
	 */
	subject: string;
	/**
	 * Full hashes.
	 */
	parents: string[];
}
