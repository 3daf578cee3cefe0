// SPDX-License-Identifier: MIT
/** A memory model: says which candidate executions can happen. */
import type { Candidate } from '../candidate';
import type { Skeleton } from '../skeleton';

/** What a model knows of all candidates with one skeleton. */
export interface Axioms {
	/** The axiom that forbids the candidate; null when it is allowed. */
	forbids(candidate: Candidate): string | null;
	/** Pairs of events that race in an allowed candidate; none where the model does not know data races. */
	races?(candidate: Candidate): [number, number][];
}

export interface Model {
	readonly name: string;
	/** Does it say which accesses race? */
	readonly knowsRaces: boolean;
	axioms(skeleton: Skeleton): Axioms;
}
