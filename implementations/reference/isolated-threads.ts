// SPDX-License-Identifier: MIT
/** Runs a thread of a program alone, on values that somebody else says its reads return. */
import type { CallName } from '../../schema/types/common';
import type { Op, Value } from '../../schema/types/execution';
import type { Program } from '../../schema/types/program';
import type { IsolatedThreads, ThreadEvent, ThreadRun } from '../isolated-threads';
import { type Init, isBeyond, mayWriteOf, reachOf, valuesOf } from '../program-threads';
import type { Access, Field } from './access';
import { devDax } from './device';
import { Journal } from './journal';
import type { Calls } from './kernel';
import { Machine, type Prepared } from './machine';
import { Srcu } from './srcu';
import { Thread } from './thread';

/** The threads of a program; null where a call is about more than the holder protocol. */
export function alone(program: Program, calls: Calls): IsolatedThreads | null {
	if (isBeyond(program)) return null;
	const start = new Machine(program, calls).prepare();
	const init = initOf(start);
	return {
		threads: program.threads.length,
		init,
		values: (field) => valuesOf(program, init, field),
		mayWrite: mayWriteOf(program, ({ call }) => writesOf(calls, call)),
		run: (thread, values) => run(program, calls, start, thread, values),
	};
}

const initOf = (start: Prepared): Init =>
	Object.fromEntries(fieldsOf(start).map(({ name, value }) => [name, value]));

/** The fields that each call may write. */
const known = new WeakMap<Calls, Map<CallName, ReadonlySet<string>>>();

function writesOf(calls: Calls, call: CallName): ReadonlySet<string> {
	const mine = known.get(calls) ?? new Map<CallName, ReadonlySet<string>>();
	known.set(calls, mine);
	const fields =
		mine.get(call) ?? new Set(['A', null].flatMap((holder) => paths(calls, call, holder)));
	mine.set(call, fields);
	return fields;
}

/** What else it is given makes no difference to any call here. */
function paths(calls: Calls, call: CallName, holder: string | null): string[] {
	const device = { alive: true, holder: 'A', ops: 'A', refs: 2 };
	const holders = { A: { returns: 'ok', calls: [] } };
	const threads = [{ name: call, calls: [{ site: 0, call, holder, ops: holder }] }];
	return [...reachOf(alone({ id: call, holders, device, setup: [], threads }, calls)!).written];
}

/** What the calls here change. The rest stays as it is, so that reading it is no event. */
const fieldsOf = ({ dax_dev }: Prepared): Field<Value>[] => [
	dax_dev.holder_data,
	dax_dev.holder_ops,
	dax_dev.flags,
	dax_dev.i_count,
];

const MEMORY: readonly Op[] = ['read', 'write', 'rmw'];

/** The fields of start are used again and again: what is read is written to them before. */
function run(
	program: Program,
	calls: Calls,
	start: Prepared,
	index: number,
	values: readonly Value[],
): ThreadRun {
	const fields = new Map(fieldsOf(start).map((field) => [field.name, field]));
	const journal = new Journal();
	const dev_dax = devDax();
	start.dax_dev.freed = false;
	const world = { ...start, program, calls, dax_srcu: new Srcu('dax_srcu'), dev_dax, journal };
	const thread = new Thread(world, index, program.threads[index]!.calls);
	const events = journal.events as ThreadEvent[];
	let used = 0;
	const record = (waits: boolean): ThreadRun => {
		const { results, warnings, callbacks, faults } = journal;
		const blocked = thread.pending && !waits ? [{ agent: index, ...waited(thread.pending) }] : [];
		return { events, waits, results, warnings, callbacks, faults, blocked };
	};
	while (thread.pending && thread.ready()) {
		const access = thread.pending;
		const event = eventOf(thread, access);
		if (MEMORY.includes(access.op) && !fields.has(access.object)) {
			thread.advance(access.perform(event));
			continue;
		}
		events.push(event);
		if (access.op === 'read' || access.op === 'rmw') {
			if (used === values.length) return record(true);
			fields.get(access.object)!.value = values[used++]!;
		}
		const value = access.perform(event);
		if (access.memory && start.dax_dev.freed && access.op !== 'free') thread.oops('use-after-free');
		else thread.advance(value);
	}
	// It waits for itself: what a read section is in, or nobody.
	if (thread.pending) journal.fault('deadlock', null);
	return record(false);
}

const waited = ({ op, object }: Access) => ({ op, object });

const eventOf = (thread: Thread, { op, object, marked, order, update }: Access): ThreadEvent => ({
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
