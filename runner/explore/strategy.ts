// SPDX-License-Identifier: MIT
/** A way to explore: proposes schedules, is given the executions, ends when there is nothing left to try. */
import type { Execution } from '../../schema/types/execution';
import type { Dependence } from './dependence';

/** Yields a batch of schedules, is sent their executions in the same order. Returns the preemption bound it kept to. */
export type Strategy = (
	dependence: Dependence,
	options: { preemptions: number | null; completed(preemptions: number): void },
) => Generator<number[][], void, Execution[]>;
