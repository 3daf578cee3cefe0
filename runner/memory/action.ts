// SPDX-License-Identifier: MIT
/**
 * What a thread does to shared memory, in program order, and what code looks like that does it: a function of the
 * values that its reads return. Nothing here knows where the code comes from: a litmus test, or calls of the reference.
 */
import type { Fence, Order } from '../../implementations/implementation';
import type { Value } from '../../schema/types/execution';

export type { Fence, Order };

/** Dependencies of an action: numbers of the reads of its thread, counted from 0. */
export interface Dependencies {
	readonly addr: readonly number[];
	readonly data: readonly number[];
	readonly ctrl: readonly number[];
}

export const NO_DEPENDENCIES: Dependencies = { addr: [], data: [], ctrl: [] };

interface Base {
	readonly depends: Dependencies;
	/** Which access of the thread's own account of itself this is: what a diagram shows. */
	readonly origin?: number;
	/** Where in the code it stands. */
	readonly statement?: string;
}

export interface Read extends Base {
	readonly kind: 'read';
	readonly location: string;
	readonly order: Order;
	/**
	 * A read-modify-write: the value to store in place of the old one, undefined where nothing is stored (a failed
	 * cmpxchg(), which is then a READ_ONCE()).
	 */
	update?(old: Value): Value | undefined;
	/** Waits until update() stores: spin_lock(). */
	readonly blocks?: boolean;
	/** Is the stored value computed from the old one? */
	readonly computes?: boolean;
	/** spin_lock() */
	readonly lock?: boolean;
}

export interface Write extends Base {
	readonly kind: 'write';
	readonly location: string;
	readonly order: Order;
	readonly value: Value;
	/** spin_unlock() */
	readonly unlock?: boolean;
}

export interface FenceAction extends Base {
	readonly kind: 'fence';
	readonly fence: Fence;
}

/** RCU where location is null. */
export interface Section extends Base {
	readonly kind: 'section-begin' | 'section-end' | 'grace-period';
	readonly location: string | null;
	/** Of section-end: which section-begin of the thread it ends, counted from 0. */
	readonly ends?: number;
}

export type Action = Read | Write | FenceAction | Section;

/** A thread run on the values that its first reads return. */
export interface Run<End> {
	/** All that it did, and the read that it waits at, if values are missing. */
	readonly actions: readonly Action[];
	/** null while it waits at a read. */
	readonly end: End | null;
}

/** The code of one thread: deterministic. */
export interface Code<End> {
	run(values: readonly Value[]): Run<End>;
	/** All that it did on values that bring it to its end, with its dependencies. */
	path(values: readonly Value[]): readonly Action[];
	/** May it ever write there? Too many is correct, and slow. */
	mayWrite(location: string): boolean;
}
