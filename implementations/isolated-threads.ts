// SPDX-License-Identifier: MIT
/**
 * A thread of a program by itself, told what its reads return: what weak memory is explored with. Which values can be
 * read, and what stores come to, is for a memory model to say.
 */
import type { Event, Execution, Value } from '../schema/types/execution';

/** How strongly an access is ordered, in the words of linux-kernel.bell; full: a barrier before and after it. */
export type Order = 'plain' | 'once' | 'acquire' | 'release' | 'full' | 'noreturn';

/** A barrier, in the words of the memory models. */
export type Fence =
	/** Of the compiler only. */
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

/** What a thread did; of warnings, callbacks and faults, event is an index into its own events. */
export interface ThreadRun
	extends Pick<Execution, 'results' | 'warnings' | 'callbacks' | 'faults' | 'blocked'> {
	readonly events: readonly ThreadEvent[];
	/** Does the last event still wait for the value that it reads? */
	readonly waits: boolean;
	/** Its barriers, in order, each with the index of the event that it comes before. */
	readonly fences?: readonly { readonly before: number; readonly fence: Fence }[];
	/** Why only sequential consistency can judge what it did; absent where memory models can. */
	readonly beyond?: string;
}

/** A program, taken apart into its threads. */
export interface IsolatedThreads {
	/** How many threads. */
	readonly threads: number;
	/** The fields when the threads start, by name. */
	readonly init: Readonly<Record<string, Value>>;
	/** Every value that a field may come to have, and perhaps others. */
	values(field: string): readonly Value[];
	/** May a thread ever write the field? Too often yes is correct, and slow. */
	mayWrite(thread: number, field: string): boolean;
	/**
	 * The locks under which threads touch fields: they order what is done under them. Whatever else is locked orders
	 * nothing here. Absent: none.
	 */
	locks?(): ReadonlySet<string>;
	/** Runs a thread; values are what its reads and read-modify-writes find, in order. */
	run(thread: number, values: readonly Value[]): ThreadRun;
}
