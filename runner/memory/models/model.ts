// SPDX-License-Identifier: MIT
/** A memory model: axioms that a candidate execution satisfies or violates. */
import type { Candidate } from '../candidate';
import type { Skeleton } from '../skeleton';

/** The axioms for all candidates with one skeleton. */
export interface Axioms {
	/** Gives the axiom that forbids the candidate; null when it is allowed. */
	forbids(candidate: Candidate): string | null;
	/** Gives the pairs of events that race in an allowed candidate. Absent: the model has no data races. */
	races?(candidate: Candidate): [number, number][];
}

export interface Model {
	readonly name: string;
	/** True if the model defines data races. */
	readonly knowsRaces: boolean;
	axioms(skeleton: Skeleton): Axioms;
}
