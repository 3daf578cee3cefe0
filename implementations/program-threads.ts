// SPDX-License-Identifier: MIT
/** Properties of isolated threads that follow from the program alone: calls, values, fields and locks. */
import type { CallName } from '../schema/types/common';
import type { Value } from '../schema/types/execution';
import type { Program, ProgramCall } from '../schema/types/program';
import type { IsolatedThreads, ThreadRun } from './isolated-threads';

/** Calls that change memory other than the device's fields, or several fields in one step of the reference. */
const BEYOND: readonly CallName[] = [
	'alloc_dax',
	'dax_dev_get',
	'dax_dev_find',
	'dax_set_ops',
	'dax_add_host',
	'dax_remove_host',
	'bdev_add_partition',
	'queue_limits_set',
	'dax_direct_access',
	'dax_zero_page_range',
	'dax_recovery_write',
	'dax_copy_from_iter',
	'dax_copy_to_iter',
	'device_driver_attach',
	'device_release_driver',
];

/** True for a program with two devices or a call outside of the holder protocol, which memory models cannot judge. */
export const isBeyond = (program: Program): boolean =>
	program.log !== undefined ||
	callsOf(program).some((calls) => calls.some(({ call }) => BEYOND.includes(call)));

/** The calls that each thread may make, callbacks included. */
export function callsOf({ holders, threads }: Program): ProgramCall[][] {
	const within = Object.values(holders).flatMap((holder) => holder?.calls ?? []);
	return threads.map(({ calls }) => [...calls, ...within]);
}

/** Builds mayWrite() on writtenBy(), which gives the fields that a call may write; the results are cached by thread. */
export function mayWriteOf(
	program: Program,
	writtenBy: (call: ProgramCall) => ReadonlySet<string>,
): IsolatedThreads['mayWrite'] {
	const calls = callsOf(program);
	const written = new Map<number, ReadonlySet<string>[]>();
	return (thread, field) => {
		const fields = written.get(thread) ?? (calls[thread] ?? []).map((call) => writtenBy(call));
		written.set(thread, fields);
		return fields.some((each) => each.has(field));
	};
}

export type Init = Readonly<Record<string, Value>>;

/** A superset of the values that a field may have. */
export function valuesOf({ holders, threads }: Program, init: Init, field: string): Value[] {
	if (field === 'flags') return [true, false];
	if (field === 'holder_data' || field === 'holder_ops') return [null, ...Object.keys(holders)];
	// Each call changes the count by at most one.
	const calls = threads.flatMap((thread) => thread.calls).length;
	return Array.from({ length: Number(init.i_count) + calls + 1 }, (_, count) => count);
}

/** Limits of reachOf(), which takes a program with more paths or reads as one that may write every field. */
const MAX_PATHS = 4096;
const MAX_READS_OF_A_PATH = 64;

/** Effects of a program of one thread over all values that it may read. */
export interface Reach {
	/** Fields that it may write. */
	readonly written: ReadonlySet<string>;
	/** Locks that it holds at an access to a field. */
	readonly locks: ReadonlySet<string>;
}

/** Runs every path through a program of one thread, each once. */
export function reachOf(thread: IsolatedThreads): Reach {
	const written = new Set<string>();
	const locks = new Set<string>();
	const open: Value[][] = [[]];
	let paths = 0;
	for (let values = open.pop(); values; values = open.pop()) {
		if (++paths > MAX_PATHS || values.length > MAX_READS_OF_A_PATH)
			return { written: new Set(Object.keys(thread.init)), locks };
		const run = thread.run(0, values);
		for (const { op, object } of run.events)
			if (op === 'write' || op === 'rmw') written.add(object);
		for (const lock of guards(run)) locks.add(lock);
		if (!run.waits) continue;
		const read = run.events.at(-1);
		for (const value of read ? thread.values(read.object) : []) open.push([...values, value]);
	}
	return { written, locks };
}

/** The locks that a thread holds at its accesses to fields. */
export function* guards({ events }: ThreadRun): Generator<string> {
	const held = new Set<string>();
	for (const { op, object } of events)
		if (op === 'lock') held.add(object);
		else if (op === 'unlock') held.delete(object);
		else if (op === 'read' || op === 'write' || op === 'rmw') yield* held;
}
