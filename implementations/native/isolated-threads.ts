// SPDX-License-Identifier: MIT
/**
 * Runs the threads of a program one by one, for memory models: the tree's own code runs, and each of its loads returns a
 * given value, which the hook before the load puts into memory: machine/isolated.c.
 */
import type { Program, ProgramCall } from '../../schema/types/program';
import type { IsolatedThreads } from '../isolated-threads';
import {
	callsOf,
	type Init,
	isBeyond,
	mayWriteOf,
	type Reach,
	reachOf,
	valuesOf,
} from '../program-threads';
import { Paths } from './paths';
import type { TreeProcess } from './process';

/** Gives a function that isolates the threads of a program; null for a program that uses more than the holder protocol. */
export function takeApart(process: TreeProcess): (program: Program) => IsolatedThreads | null {
	const known = new Map<string, Reach>();

	/** Fields and locks of one call with its arguments, without the calls of callbacks, which callsOf() lists too. */
	function reach(program: Program, call: ProgramCall): Reach {
		const { device, setup } = program;
		const holders = Object.fromEntries(
			Object.entries(program.holders).map(([name, holder]) => [
				name,
				holder && { ...holder, calls: [] },
			]),
		);
		// The call that gave a device is not made here: its device is the only one.
		const { device: given, ...rest } = call;
		const alone: ProgramCall = given === null ? { ...rest, device: null } : rest;
		const key = JSON.stringify([device, holders, setup, { ...alone, site: 0 }]);
		const single = { ...program, holders, threads: [{ name: call.call, calls: [alone] }] };
		const found = known.get(key) ?? reachOf(threadsOf(single));
		known.set(key, found);
		return found;
	}

	function threadsOf(program: Program): IsolatedThreads {
		const { alive, holder, ops, refs } = process.start(program);
		const init: Init = { holder_data: holder, holder_ops: ops, flags: alive, i_count: refs };
		const calls = callsOf(program);
		const values = (field: string) => valuesOf(program, init, field);
		const paths = program.threads.map((_, thread) => new Paths(process, program, thread, values));
		return {
			threads: program.threads.length,
			init,
			values,
			mayWrite: mayWriteOf(program, (call) => reach(program, call).written),
			locks: () => new Set(calls.flat().flatMap((call) => [...reach(program, call).locks])),
			run: (thread, given) => (paths[thread] as Paths).run(given),
		};
	}

	return (program) => (isBeyond(program) ? null : threadsOf(program));
}
