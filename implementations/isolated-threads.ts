// SPDX-License-Identifier: MIT
/**
 * The interface through which memory models run each thread of a program by itself, on values that its reads return. The
 * memory model decides which values reads may return, and how stores take effect.
 */
import type { Event, Execution, Value } from '../schema/types/execution';

/** Order of an access, in the words of linux-kernel.bell; full: a barrier before and after it. */
export type Order = 'plain' | 'once' | 'acquire' | 'release' | 'full' | 'noreturn';

/** Barriers; barrier is that of the compiler. */
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
	/** Of a read-modify-write: the value that it stores, undefined where it stores none. */
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
	/** Reason why only sequential consistency can judge the run; absent where memory models can. */
	readonly beyond?: string;
}

/** The threads of a program, each of which runs by itself. */
export interface IsolatedThreads {
	/** Number of threads. */
	readonly threads: number;
	/** The fields when the threads start, by name. */
	readonly init: Readonly<Record<string, Value>>;
	/** Every value that a field may come to have, and perhaps others. */
	values(field: string): readonly Value[];
	/** True if the thread may write the field on some path. Too often true is correct, and slow. */
	mayWrite(thread: number, field: string): boolean;
	/**
	 * The locks under which threads touch fields: they order the accesses under them. Other locks order nothing. Absent:
	 * none.
	 */
	locks?(): ReadonlySet<string>;
	/** Runs a thread. The values are those that its reads and read-modify-writes return, in order. */
	run(thread: number, values: readonly Value[]): ThreadRun;
}
