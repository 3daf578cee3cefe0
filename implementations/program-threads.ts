// SPDX-License-Identifier: MIT
/** What any implementation that takes a program apart into its threads can say of it without knowing its code. */
import type { CallName } from '../schema/types/common';
import type { Value } from '../schema/types/execution';
import type { Program, ProgramCall } from '../schema/types/program';
import type { IsolatedThreads, ThreadRun } from './isolated-threads';

/** What they change is one step of several accesses here, or the memory that is at stake itself, or lies elsewhere. */
const BEYOND: readonly CallName[] = [
	'alloc_dax',
	'dax_dev_get',
	'dax_dev_find',
	'dax_set_ops',
	'dax_add_host',
	'dax_remove_host',
	'bdev_add_partition',
	'device_driver_attach',
	'device_release_driver',
];

/** Does it make a call that is about more than the holder protocol? */
export const isBeyond = (program: Program): boolean =>
	callsOf(program).some((calls) => calls.some(({ call }) => BEYOND.includes(call)));

/** For each thread the calls that it may make, callbacks included. */
export function callsOf({ holders, threads }: Program): ProgramCall[][] {
	const within = Object.values(holders).flatMap((holder) => holder?.calls ?? []);
	return threads.map(({ calls }) => [...calls, ...within]);
}

/** Which fields each thread may write. Every call is asked about once, and not before its thread is. */
export function mayWriteOf(
	program: Program,
	writtenBy: (call: ProgramCall) => ReadonlySet<string>,
): IsolatedThreads['mayWrite'] {
	const calls = callsOf(program);
	const written: ReadonlySet<string>[][] = [];
	return (thread, field) => {
		written[thread] ??= calls[thread]!.map((call) => writtenBy(call));
		return written[thread].some((fields) => fields.has(field));
	};
}

export type Init = Readonly<Record<string, Value>>;

/** Every value that a field may come to have, and perhaps others. */
export function valuesOf({ holders, threads }: Program, init: Init, field: string): Value[] {
	if (field === 'flags') return [true, false];
	if (field === 'holder_data' || field === 'holder_ops') return [null, ...Object.keys(holders)];
	// No call changes the count by more than one, either way.
	const calls = threads.flatMap((thread) => thread.calls).length;
	return Array.from({ length: Number(init.i_count) + calls + 1 }, (_, count) => count);
}

/** Paths, and reads of one path, after which a program counts as one that may write every field. */
const MAX_PATHS = 4096;
const MAX_READS_OF_A_PATH = 64;

/** What a program of one thread may do, whatever it reads. */
export interface Reach {
	/** The fields that it may write. */
	readonly written: ReadonlySet<string>;
	/** The locks under which it touches a field. */
	readonly locks: ReadonlySet<string>;
}

/** Runs every path through a program of one thread once. */
export function reachOf(alone: IsolatedThreads): Reach {
	const written = new Set<string>();
	const locks = new Set<string>();
	const open: Value[][] = [[]];
	let paths = 0;
	for (let values = open.pop(); values; values = open.pop()) {
		if (++paths > MAX_PATHS || values.length > MAX_READS_OF_A_PATH)
			return { written: new Set(Object.keys(alone.init)), locks };
		const lone = alone.run(0, values);
		for (const { op, object } of lone.events)
			if (op === 'write' || op === 'rmw') written.add(object);
		for (const lock of guards(lone)) locks.add(lock);
		if (!lone.waits) continue;
		for (const value of alone.values(lone.events.at(-1)!.object)) open.push([...values, value]);
	}
	return { written, locks };
}

/** The locks under which a thread touched a field. */
export function* guards({ events }: ThreadRun): Generator<string> {
	const held = new Set<string>();
	for (const { op, object } of events)
		if (op === 'lock') held.add(object);
		else if (op === 'unlock') held.delete(object);
		else if (op === 'read' || op === 'write' || op === 'rmw') yield* held;
}
