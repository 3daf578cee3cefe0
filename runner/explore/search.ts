// SPDX-License-Identifier: MIT
/**
 * A search through the interleavings of a program. Yields a batch of schedules and receives their traces in the same
 * order; returns when no schedule is left to try.
 */
import type { Trace } from './trace';

export type Search = Generator<number[][], void, Trace[]>;
