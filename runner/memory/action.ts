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
	/** Index, among the events of the thread's run, of the event that a diagram shows for this action. */
	readonly origin?: number;
	/** Site and function of the code that makes it. */
	readonly statement?: string;
}

export interface Read extends Base {
	readonly kind: 'read';
	readonly location: string;
	readonly order: Order;
	/**
	 * For a read-modify-write: gives the value to store in place of an old one; undefined if it stores nothing, like a
	 * cmpxchg() that fails, which acts as a READ_ONCE().
	 */
	update?(old: Value): Value | undefined;
	/** True if the read waits for a value on which update() stores: spin_lock(). */
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

/** The begin or end of a read section, or a grace period. location is the SRCU domain; null for RCU. */
export interface Section extends Base {
	readonly kind: 'section-begin' | 'section-end' | 'grace-period';
	readonly location: string | null;
	/** For section-end: the read section that it ends, numbered from 0 within the thread. */
	readonly ends?: number;
}

export type Action = Read | Write | FenceAction | Section;

/** The result of running a thread on values for its first reads. */
export interface Run<End> {
	/** Its actions; the last one is the read that waits if values are missing. */
	readonly actions: readonly Action[];
	/** null if the thread waits at a read. */
	readonly end: End | null;
}

/** The code of one thread. It is deterministic. */
export interface Code<End> {
	run(values: readonly Value[]): Run<End>;
	/** Gives all actions, with dependencies, for values on which the thread ends. */
	path(values: readonly Value[]): readonly Action[];
	/** True if the thread may write the location on some path. May be true too often, which only costs time. */
	mayWrite(location: string): boolean;
}
