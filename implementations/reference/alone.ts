// SPDX-License-Identifier: MIT
/** Runs a thread of a program alone, on values that somebody else says its reads return. */
import type { CallName } from '../../schema/types/common';
import type { Value } from '../../schema/types/execution';
import type { Program } from '../../schema/types/program';
import type { Alone, Lone, LoneEvent } from '../alone';
import type { Access, Field } from './access';
import { Journal } from './journal';
import type { Calls, DaxDevice } from './kernel';
import { deviceOf } from './machine';
import { Srcu } from './srcu';
import { Thread } from './thread';

export function alone(program: Program, calls: Calls, start: DaxDevice): Alone {
	const init = Object.fromEntries(fieldsOf(start).map(({ name, value }) => [name, value]));
	const within = Object.values(program.holders).flatMap((holder) => holder?.calls ?? []);
	const written = program.threads.map((thread) =>
		[...thread.calls, ...within].map(({ call }) => writesOf(calls, call)),
	);
	return {
		threads: program.threads.length,
		init,
		values: (field) => valuesOf(program, start, field),
		mayWrite: (thread, field) => written[thread]!.some((fields) => fields.has(field)),
		run: (thread, values) => run(program, calls, thread, values),
	};
}

function valuesOf({ holders, threads }: Program, start: DaxDevice, field: string): Value[] {
	if (field === 'flags') return [true, false];
	if (field !== 'i_count') return [null, ...Object.keys(holders)];
	// No call changes the count by more than one, either way.
	const calls = threads.flatMap((thread) => thread.calls).length;
	return Array.from({ length: start.i_count.value + calls + 1 }, (_, count) => count);
}

/** The fields that a call may write, whatever it reads: every path through it is run once. */
const known = new WeakMap<Calls, Map<CallName, ReadonlySet<string>>>();

function writesOf(calls: Calls, call: CallName): ReadonlySet<string> {
	const mine = known.get(calls) ?? new Map<CallName, ReadonlySet<string>>();
	known.set(calls, mine);
	const fields = mine.get(call) ?? new Set(pathsOf(calls, call));
	mine.set(call, fields);
	return fields;
}

function* pathsOf(calls: Calls, call: CallName): Generator<string> {
	for (const holder of ['A', null]) {
		const device = { alive: true, holder: 'A', ops: 'A', refs: 2 };
		const holders = { A: { returns: 'ok', calls: [] } };
		const threads = [{ name: call, calls: [{ site: 0, call, holder, ops: holder }] }];
		const program: Program = { id: call, holders, device, setup: [], threads };
		const open: Value[][] = [[]];
		for (let values = open.pop(); values; values = open.pop()) {
			const { events, waits } = run(program, calls, 0, values);
			for (const { op, object } of events) if (op === 'write' || op === 'rmw') yield object;
			if (!waits) continue;
			for (const value of valuesOf(program, deviceOf(device), events.at(-1)!.object))
				open.push([...values, value]);
		}
	}
}

const fieldsOf = (device: DaxDevice): Field<Value>[] => Object.values(device);

function run(program: Program, calls: Calls, index: number, values: readonly Value[]): Lone {
	const dax_dev = deviceOf(program.device);
	const fields = new Map(fieldsOf(dax_dev).map((field) => [field.name, field]));
	const journal = new Journal();
	let freed = false;
	const free = () => {
		freed = true;
	};
	const world = { program, calls, dax_dev, dax_srcu: new Srcu('dax_srcu'), journal, free };
	const thread = new Thread(world, index, program.threads[index]!.calls);
	const events = journal.events as LoneEvent[];
	let used = 0;
	const record = (waits: boolean): Lone => {
		const { results, warnings, callbacks, faults } = journal;
		const blocked = thread.pending && !waits ? [{ agent: index, ...waited(thread.pending) }] : [];
		return { events, waits, results, warnings, callbacks, faults, blocked };
	};
	while (thread.pending && thread.ready()) {
		const access = thread.pending;
		const event = eventOf(thread, access);
		events.push(event);
		if (access.op === 'read' || access.op === 'rmw') {
			if (used === values.length) return record(true);
			fields.get(access.object)!.value = values[used++]!;
		}
		const value = access.perform(event);
		if (access.memory && freed && access.op !== 'free') thread.oops('use-after-free');
		else thread.advance(value);
	}
	// It waits for itself: what a read section is in, or nobody.
	if (thread.pending) journal.fault('deadlock', null);
	return record(false);
}

const waited = ({ op, object }: Access) => ({ op, object });

const eventOf = (thread: Thread, { op, object, marked, order, update }: Access): LoneEvent => ({
	agent: thread.index,
	op,
	object,
	marked,
	order: order ?? 'once',
	old: null,
	new: null,
	site: thread.site,
	function: thread.function,
	enabled: [thread.index],
	...(op === 'rmw' && update && { update }),
});
