// SPDX-License-Identifier: MIT
/**
 * A program's threads one by one, for memory models: the tree's own code runs, and each of its loads finds the value
 * that it is told to, at the hook before the load: machine/isolated.c.
 */
import type { Value } from '../../schema/types/execution';
import type { Program, ProgramCall } from '../../schema/types/program';
import type { IsolatedThreads, ThreadEvent, ThreadRun } from '../isolated-threads';
import {
	callsOf,
	type Init,
	isBeyond,
	mayWriteOf,
	type Reach,
	reachOf,
	valuesOf,
} from '../program-threads';
import { BEYOND, FAILED, ORDER, orders, WAITS } from './abi';
import type { TreeProcess } from './process';

/** Gives what takes programs apart. */
export function takeApart(process: TreeProcess): (program: Program) => IsolatedThreads | null {
	const known = new Map<string, Reach>();

	/** Of a call of a program, with what it is given. The calls that callbacks make are among callsOf(). */
	function reach(program: Program, call: ProgramCall): Reach {
		const { device, setup } = program;
		const holders = Object.fromEntries(
			Object.entries(program.holders).map(([name, holder]) => [
				name,
				holder && { ...holder, calls: [] },
			]),
		);
		const key = JSON.stringify([device, holders, setup, { ...call, site: 0 }]);
		const single = { ...program, holders, threads: [{ name: call.call, calls: [call] }] };
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

/** What a thread did, and how its accesses were marked. */
interface Told {
	readonly lone: ThreadRun;
	readonly marks: readonly number[];
}

/** Each run happens once: they are asked for again and again. */
function runner(process: TreeProcess, program: Program): IsolatedThreads['run'] {
	const holders = Object.keys(program.holders);
	const known = new Map<string, Told>();

	function run(thread: number, values: readonly Value[]): Told {
		const key = JSON.stringify([thread, values]);
		const told = known.get(key) ?? perform(thread, values);
		known.set(key, told);
		return told;
	}

	function perform(thread: number, values: readonly Value[]): Told {
		const words = values.map((value) => wordOf(value, holders));
		const { execution, marks, fences, how } = process.alone(program, thread, words);
		const { results, warnings, callbacks, faults, blocked } = execution;
		let reads = 0;
		const events = execution.events.map((event, index): ThreadEvent => {
			const order = orders[marks[index]! & ORDER]!;
			if (event.op === 'read') reads++;
			if (event.op !== 'rmw') return { ...event, order };
			const before = values.slice(0, reads++);
			const update = (old: Value) => storedBy(run(thread, [...before, old]), index);
			return { ...event, order, update };
		});
		const waits = (how & WAITS) !== 0;
		const lone = { events, fences, waits, results, warnings, callbacks, faults, blocked };
		return { marks, lone: how & BEYOND ? { ...lone, beyond: ELSEWHERE } : lone };
	}

	return (thread, values) => run(thread, values).lone;
}

const ELSEWHERE = 'it writes other memory than the four fields that vectors speak of';

const storedBy = ({ lone, marks }: Told, index: number): Value | undefined =>
	marks[index]! & FAILED ? undefined : lone.events[index]!.new;

/** A value as the machine takes it. What is neither NULL nor a holder's is -1. */
function wordOf(value: Value, holders: readonly string[]): number {
	if (typeof value !== 'string') return Number(value);
	const holder = holders.indexOf(value);
	return holder < 0 ? -1 : holder + 1;
}
