// SPDX-License-Identifier: MIT
/** What any implementation that takes a program apart into its threads can say of it without knowing its code. */
import type { CallName } from '../schema/types/common';
import type { Value } from '../schema/types/execution';
import type { Program, ProgramCall } from '../schema/types/program';
import type { Alone } from './alone';

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

export type Init = Readonly<Record<string, Value>>;

/** Every value that a field may come to have, and perhaps others. */
export function valuesOf({ holders, threads }: Program, init: Init, field: string): Value[] {
	if (field === 'flags') return [true, false];
	if (field === 'holder_data' || field === 'holder_ops') return [null, ...Object.keys(holders)];
	// No call changes the count by more than one, either way.
	const calls = threads.flatMap((thread) => thread.calls).length;
	return Array.from({ length: Number(init.i_count) + calls + 1 }, (_, count) => count);
}

/** Paths after which a program counts as one that may write every field. */
const MOST = 4096;

/** The fields that a program of one thread may write, whatever it reads: every path through it is run once. */
export function writtenBy(alone: Alone): Set<string> {
	const written = new Set<string>();
	const open: Value[][] = [[]];
	let paths = 0;
	for (let values = open.pop(); values; values = open.pop()) {
		if (++paths > MOST) return new Set(Object.keys(alone.init));
		const { events, waits } = alone.run(0, values);
		for (const { op, object } of events) if (op === 'write' || op === 'rmw') written.add(object);
		if (!waits) continue;
		for (const value of alone.values(events.at(-1)!.object)) open.push([...values, value]);
	}
	return written;
}
