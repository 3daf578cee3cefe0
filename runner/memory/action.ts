// SPDX-License-Identifier: MIT
/**
 * Actions of a thread on shared memory, in program order, and the code of a thread: a function from the values that its
 * reads return to its actions. The code may come from calls of an implementation or from a litmus test.
 */
import type { Fence, Order } from '../../implementations/implementation';
import type { Value } from '../../schema/types/execution';

export type { Fence, Order };

/** Dependencies of an action on reads of its thread, which are numbered from 0. */
export interface Dependencies {
	readonly addr: readonly number[];
	readonly data: readonly number[];
	readonly ctrl: readonly number[];
}

export const NO_DEPENDENCIES: Dependencies = { addr: [], data: [], ctrl: [] };

interface Base {
	readonly depends: Dependencies;
	/** Index of the event in the thread's run that a diagram shows for it. */
	readonly origin?: number;
	/** Its place in the code. */
	readonly statement?: string;
}

export interface Read extends Base {
	readonly kind: 'read';
	readonly location: string;
	readonly order: Order;
	/**
	 * Of a read-modify-write: the value to store in place of the old one, undefined where it stores nothing (a failed
	 * cmpxchg(), which is then a READ_ONCE()).
	 */
	update?(old: Value): Value | undefined;
	/** Waits until update() stores: spin_lock(). */
	readonly blocks?: boolean;
	/** True if the stored value is computed from the old one. */
	readonly computes?: boolean;
	/** True for spin_lock(). */
	readonly lock?: boolean;
}

export interface Write extends Base {
	readonly kind: 'write';
	readonly location: string;
	readonly order: Order;
	readonly value: Value;
	/** True for spin_unlock(). */
	readonly unlock?: boolean;
}

export interface FenceAction extends Base {
	readonly kind: 'fence';
	readonly fence: Fence;
}

/** The begin or end of a read section, or a grace period; of RCU where location is null. */
export interface Section extends Base {
	readonly kind: 'section-begin' | 'section-end' | 'grace-period';
	readonly location: string | null;
	/** Of section-end: number of the read section of the thread that it ends, counted from 0. */
	readonly ends?: number;
}

export type Action = Read | Write | FenceAction | Section;

/** A thread run on the values that its first reads return. */
export interface Run<End> {
	/** Its actions; the last one is the read that waits if values are missing. */
	readonly actions: readonly Action[];
	/** null while it waits at a read. */
	readonly end: End | null;
}

/** The code of one thread. It is deterministic. */
export interface Code<End> {
	run(values: readonly Value[]): Run<End>;
	/** Gives the actions on values that bring it to its end, with their dependencies. */
	path(values: readonly Value[]): readonly Action[];
	/** True if it may write there on some path. Too often true is correct, and slow. */
	mayWrite(location: string): boolean;
}
