// SPDX-License-Identifier: MIT
/**
 * The shared accesses of the kernel's code, as values that a call yields and the machine performs one at a time. Code
 * between two yields is local to its thread, so a yield is exactly a scheduling point.
 */
import type { Event, Op, Value } from '../../schema/types/execution';
import type { Order } from '../isolated-threads';

export interface Access<T = unknown> {
	readonly op: Op;
	readonly object: string;
	readonly marked: boolean;
	/** True if it touches the memory of the dax_device, which is freed by the final iput(). */
	readonly memory: boolean;
	/** True for a step on state that no event shows: it belongs to the access before it, without a scheduling point. */
	readonly silent?: true;
	/** Its order in the kernel's memory model; used by the memory engine only. */
	readonly order?: Order;
	/** True if it can be performed now. Absent: always. */
	ready?(): boolean;
	/** For a read-modify-write: gives the value that it stores in place of an old one; undefined if it stores none. */
	update?(old: Value): Value | undefined;
	/** Performs it, records old and new value in the event, and returns the value of the C expression. */
	perform(event: Event): T;
}

/**
 * A piece of kernel code: yields its accesses, returns its result. The value of a yield has the type of its access, but
 * TypeScript has one type for all yields of a generator: annotate the variable, as C does.
 */
// biome-ignore lint/suspicious/noExplicitAny: see above
export type Steps<Result> = Generator<Access, Result, any>;

/** A word of shared memory. */
export interface Field<T extends Value> {
	readonly name: string;
	/** True if it lies outside of the dax_device, which may then be freed before it. */
	readonly outside?: true;
	value: T;
}

const same = <T>(old: T): T => old;
const nothing = (): void => {};

class MemoryAccess<T extends Value> implements Access {
	readonly object: string;
	readonly memory: boolean;
	readonly marked: boolean;

	constructor(
		readonly op: 'read' | 'write' | 'rmw',
		readonly order: Order,
		private readonly field: Field<T>,
		readonly update: (old: T) => T | undefined,
		/** Value of the C expression. A thread has a path for each value of an access: few values, few paths. */
		private readonly result: (old: T) => unknown = same,
	) {
		this.object = field.name;
		this.memory = !field.outside;
		this.marked = order !== 'plain';
	}

	perform(event: Event): unknown {
		const { field } = this;
		const old = field.value;
		const stored = this.update(old);
		event.old = old;
		event.new = field.value = stored === undefined ? old : stored;
		return this.result(old);
	}
}

/** A plain load. */
export const load = <T extends Value>(field: Field<T>) =>
	new MemoryAccess('read', 'plain', field, same);

/** A plain store. */
export const store = <T extends Value>(field: Field<T>, value: T) =>
	new MemoryAccess('write', 'plain', field, () => value, nothing);

export const READ_ONCE = <T extends Value>(field: Field<T>) =>
	new MemoryAccess('read', 'once', field, same);

export const WRITE_ONCE = <T extends Value>(field: Field<T>, value: T) =>
	new MemoryAccess('write', 'once', field, () => value, nothing);

export const smp_store_release = <T extends Value>(field: Field<T>, value: T) =>
	new MemoryAccess('write', 'release', field, () => value, nothing);

const compareAndExchange =
	(order: Order) =>
	<T extends Value>(field: Field<T>, expected: T, value: T) =>
		new MemoryAccess('rmw', order, field, (old) => (old === expected ? value : undefined));

/** cmpxchg(): returns the old value; stores the new one, with a full barrier, only if the old one is as expected. */
export const cmpxchg = compareAndExchange('full');
export const cmpxchg_acquire = compareAndExchange('acquire');
export const cmpxchg_release = compareAndExchange('release');
export const cmpxchg_relaxed = compareAndExchange('once');

/** test_bit() on a one-bit field. */
export const test_bit = READ_ONCE<boolean>;

/** set_bit() on a one-bit field: unordered (Documentation/atomic_bitops.txt). */
export const set_bit = (field: Field<boolean>) =>
	new MemoryAccess('rmw', 'noreturn', field, () => true, nothing);

/** clear_bit() on a one-bit field: unordered. */
export const clear_bit = (field: Field<boolean>) =>
	new MemoryAccess('rmw', 'noreturn', field, () => false, nothing);

const addUnlessZero = (by: number) => (old: number) => (old === 0 ? undefined : old + by);

/** atomic_inc_not_zero(), unordered: true if it adds. */
export const inc_not_zero = (field: Field<number>) =>
	new MemoryAccess('rmw', 'once', field, addUnlessZero(1), (old) => old > 0);

/** atomic_dec_and_test(), which leaves zero as it is: true if it reaches zero. A full barrier if it subtracts. */
export const dec_and_test = (field: Field<number>) =>
	new MemoryAccess('rmw', 'full', field, addUnlessZero(-1), (old) => old === 1);

/** An atomic operation of any kind: returns the old value. */
export const update = <T extends Value>(field: Field<T>, change: (old: T) => T) =>
	new MemoryAccess('rmw', 'full', field, change);

/** Reads or changes state that no event shows. */
export const silent = <T>(perform: () => T): Access<T> => ({
	op: 'read',
	object: '',
	marked: true,
	memory: false,
	silent: true,
	perform,
});

/** The begin or end of a call: an event of its own, because events of other threads can come before and after it. */
export function edge(op: 'call' | 'return', object: string, perform = (_: Event) => {}): Access {
	return { op, object, marked: true, memory: false, perform };
}
