// SPDX-License-Identifier: MIT
import type { Value } from '../../schema/types/execution';
import type { Code } from './action';

/** A program that memory models explore. */
export interface Program<End> {
	readonly init: Readonly<Record<string, Value>>;
	readonly threads: readonly Code<End>[];
	/** Gives a superset of the values that a location may have. */
	domain(location: string): readonly Value[];
}
