// SPDX-License-Identifier: MIT
/**
 * The interface through which memory models run each thread of a program by itself, on values that its reads return. The
 * memory model decides which values reads may return, and how stores take effect.
 */
import type { Event, Execution, Value } from '../schema/types/execution';

/** Order of an access, by the names of linux-kernel.bell; full: a barrier before and after it. */
export type Order = 'plain' | 'once' | 'acquire' | 'release' | 'full' | 'noreturn';

/** Barriers, by the names of their macros; barrier is the compiler barrier. */
export type Fence =
	| 'barrier'
	| 'mb'
	| 'rmb'
	| 'wmb'
	| 'before-atomic'
	| 'after-atomic'
	| 'after-spinlock'
	| 'after-unlock-lock'
	| 'after-srcu-read-unlock';

export interface ThreadEvent extends Event {
	readonly order: Order;
	/** For a read-modify-write: gives the value that it stores in place of an old one; undefined if it stores none. */
	update?(old: Value): Value | undefined;
}

/** The run of a thread. The event of a warning, callback or fault is an index into its events. */
export interface ThreadRun
	extends Pick<Execution, 'results' | 'warnings' | 'callbacks' | 'faults' | 'blocked'> {
	readonly events: readonly ThreadEvent[];
	/** True if the last event waits for the value that it reads. */
	readonly waits: boolean;
	/** Its barriers, in order, each with the index of the event that it comes before. */
	readonly fences?: readonly { readonly before: number; readonly fence: Fence }[];
	/** Reason why only sequential consistency can judge the run; absent if memory models can. */
	readonly beyond?: string;
}

/** The threads of a program, each of which runs by itself. */
export interface IsolatedThreads {
	/** Number of threads. */
	readonly threads: number;
	/** The fields when the threads start, by name. */
	readonly init: Readonly<Record<string, Value>>;
	/** Gives a superset of the values that a field may have. */
	values(field: string): readonly Value[];
	/** True if the thread may write the field on some path. May be true too often, which only costs time. */
	mayWrite(thread: number, field: string): boolean;
	/**
	 * The locks that threads hold at accesses to fields. Memory models order accesses by these locks only. Absent: no
	 * locks.
	 */
	locks?(): ReadonlySet<string>;
	/** Runs a thread. The values are those that its reads and read-modify-writes return, in order. */
	run(thread: number, values: readonly Value[]): ThreadRun;
}
