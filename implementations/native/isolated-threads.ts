// SPDX-License-Identifier: MIT
/**
 * Runs the threads of a program one by one, for memory models: the tree's own code runs, and each of its loads returns a
 * given value, which the hook before the load puts into memory: machine/isolated.c.
 */
import type { Value } from '../../schema/types/execution';
import type { Program, ProgramCall } from '../../schema/types/program';
import type { IsolatedThreads, ThreadRun } from '../isolated-threads';
import {
	callsOf,
	type Init,
	isBeyond,
	mayWriteOf,
	type Reach,
	reachOf,
	valuesOf,
} from '../program-threads';
import { BEYOND, FAILED, nameOf, ORDER, orders, WAITS } from './abi';
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
		return {
			threads: program.threads.length,
			init,
			values: (field) => valuesOf(program, init, field),
			mayWrite: mayWriteOf(program, (call) => reach(program, call).written),
			locks: () => new Set(calls.flat().flatMap((call) => [...reach(program, call).locks])),
			run: runner(process, program),
		};
	}

	return (program) => (isBeyond(program) ? null : threadsOf(program));
}

/** One run of a thread, with the orders of its accesses. */
interface Run {
	readonly lone: ThreadRun;
	readonly marks: readonly number[];
}

/** Runs threads, each with the same values only once. */
function runner(process: TreeProcess, program: Program): IsolatedThreads['run'] {
	const holders = Object.keys(program.holders);
	const known = new Map<string, Run>();

	function run(thread: number, values: readonly Value[]): Run {
		const key = keyOf(thread, values);
		const found = known.get(key) ?? perform(thread, values);
		known.set(key, found);
		return found;
	}

	function perform(thread: number, values: readonly Value[]): Run {
		const words = values.map((value) => wordOf(value, holders));
		const { execution, marks, fences, how } = process.alone(program, thread, words);
		const { results, warnings, callbacks, faults, blocked } = execution;
		const before = known.get(keyOf(thread, values.slice(0, -1)));
		// Up to the read that waited, the events are those of the run with one value less.
		const events = values.length > 0 ? (before?.lone.events.slice(0, -1) ?? []) : [];
		let reads = events.filter(({ op }) => op === 'read' || op === 'rmw').length;
		for (const [index, event] of execution.events.entries()) {
			if (index < events.length) continue;
			const order = nameOf(orders, (marks[index] ?? 0) & ORDER);
			if (event.op === 'read') reads++;
			if (event.op !== 'rmw') {
				events.push({ ...event, order });
				continue;
			}
			const given = values.slice(0, reads++);
			const update = (old: Value) => storedBy(run(thread, [...given, old]), index);
			events.push({ ...event, order, update });
		}
		const waits = (how & WAITS) !== 0;
		const lone = { events, fences, waits, results, warnings, callbacks, faults, blocked };
		return { marks, lone: how & BEYOND ? { ...lone, beyond: ELSEWHERE } : lone };
	}

	return (thread, values) => run(thread, values).lone;
}

const keyOf = (thread: number, values: readonly Value[]): string =>
	JSON.stringify([thread, values]);

const ELSEWHERE = 'it writes other memory than the four fields that vectors speak of';

const storedBy = ({ lone, marks }: Run, index: number): Value | undefined =>
	(marks[index] ?? 0) & FAILED ? undefined : lone.events[index]?.new;

/** Encodes a value for the machine; -1 for a pointer that is neither NULL nor a holder. */
function wordOf(value: Value, holders: readonly string[]): number {
	if (typeof value !== 'string') return Number(value);
	const holder = holders.indexOf(value);
	return holder < 0 ? -1 : holder + 1;
}
