// SPDX-License-Identifier: MIT
/** A search through the interleavings of a program; the strategies are searches. */
import type { Dependence } from './dependence';
import type { Trace } from './trace';

/** Yields a batch of schedules, is sent their traces in the same order; ends when nothing is left to try. */
export type Search = Generator<number[][], void, Trace[]>;

export interface Bound {
	/** Preemptions at most; null for no bound. */
	readonly preemptions: number | null;
	/** Is told each number of preemptions that was explored completely. */
	completed(preemptions: number): void;
}

export type Strategy = (dependence: Dependence, bound: Bound) => Search;
