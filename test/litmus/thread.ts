// SPDX-License-Identifier: MIT
/** A process of a litmus test while it runs: its registers, and the reads that values and branches depend on. */

import type { Action, Dependencies, Read } from '../../runner/memory/action';
import type { Value } from '../../schema/types/execution';

/** A value and the reads of its thread that it was computed from. */
export interface Tainted {
	readonly value: Value;
	readonly from: readonly number[];
	/** For a result of srcu_read_lock(): the read section that it began, numbered within the thread. */
	readonly section?: number;
}

/** Yields actions; the yield of a read gives the value that it returns. */
export type Steps<Result> = Generator<Action, Result, Value>;

export const union = (a: readonly number[], b: readonly number[]): readonly number[] =>
	b.length === 0 ? a : [...new Set([...a, ...b])];

export class Thread {
	readonly registers = new Map<string, Tainted>();
	/** Reads that decided whether the statement runs. */
	control: readonly number[] = [];
	/** RCU read sections that are open. */
	readonly open: number[] = [];
	private reads = 0;
	private sections = 0;

	depends(addr: readonly number[] = [], data: readonly number[] = []): Dependencies {
		return { addr, data, ctrl: this.control };
	}

	*read(action: Omit<Read, 'kind'>): Steps<Tainted> {
		const number = this.reads++;
		return { value: yield { kind: 'read', ...action }, from: [number] };
	}

	/** Number of the read section that begins. */
	beginSection(): number {
		return this.sections++;
	}
}

/** A function that a litmus test may call. */
export interface Primitive {
	/** A letter for each argument: l for *location, p for a pointer to a location, v for a value. */
	readonly takes: string;
	/** Runs on evaluated arguments; a location or pointer is the name of the location. */
	run(thread: Thread, ...args: Tainted[]): Steps<Tainted | undefined>;
}
