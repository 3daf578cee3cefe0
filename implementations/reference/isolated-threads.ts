// SPDX-License-Identifier: MIT
/** Runs single threads of a program on given values of their reads. */
import type { CallName } from '../../schema/types/common';
import type { Op, Value } from '../../schema/types/execution';
import type { Program } from '../../schema/types/program';
import type { IsolatedThreads, ThreadEvent, ThreadRun } from '../isolated-threads';
import { callsOf, type Init, isBeyond, mayWriteOf, reachOf, valuesOf } from '../program-threads';
import type { Access, Field } from './access';
import { devDax } from './device';
import { Journal } from './journal';
import type { Calls } from './kernel';
import { setUp } from './machine';
import { Srcu } from './srcu';
import type { SharedState } from './state';
import type { Stop } from './stop';
import { Thread } from './thread';

interface Start {
	readonly program: Program;
	readonly calls: Calls;
	/** Names of the calls that were made. */
	readonly reached: Set<CallName>;
	/** State in which threads start. Runs share its fields: run() stores the given value before each read. */
	readonly prepared: SharedState;
}

/**
 * Isolates the threads of a program; null for a program with a call outside of the holder protocol. Adds the names of the
 * calls that its threads make to reached.
 */
export function isolate(
	program: Program,
	calls: Calls,
	reached = new Set<CallName>(),
): IsolatedThreads | null {
	return isBeyond(program) ? null : threadsOf(program, calls, reached);
}

function threadsOf(program: Program, calls: Calls, reached: Set<CallName>): IsolatedThreads {
	const prepared = setUp(program, calls, reached);
	const start = { program, calls, reached, prepared };
	const init: Init = Object.fromEntries(fieldsOf(prepared).map(({ name, value }) => [name, value]));
	return {
		threads: program.threads.length,
		init,
		values: (field) => valuesOf(program, init, field),
		mayWrite: mayWriteOf(program, ({ call }) => effectsOf(calls, call).written),
		run: (thread, values) => run(start, thread, values),
	};
}

/** The calls that were made to find out what the calls of a program may write. */
export function analysedFor(program: Program, calls: Calls): CallName[] {
	return callsOf(program).flatMap((list) =>
		list.flatMap(({ call }) => [...effectsOf(calls, call).reached]),
	);
}

/** Fields that a call may write, and the calls that it makes, itself among them. */
interface Effects {
	readonly written: ReadonlySet<string>;
	readonly reached: ReadonlySet<CallName>;
}

/** Effects by call, for each code of the calls that it makes: most revisions and mutants share them. */
const cache = new Map<CallName, { readonly calls: Calls; readonly effects: Effects }[]>();

function effectsOf(calls: Calls, call: CallName): Effects {
	const known = cache.get(call) ?? [];
	const same = known.find((each) => {
		for (const name of each.effects.reached) if (each.calls[name] !== calls[name]) return false;
		return true;
	});
	if (same) return same.effects;
	const reached = new Set<CallName>();
	const written = new Set(
		['A', null].flatMap((holder) => writesWith(calls, call, { holder, reached })),
	);
	const effects = { written, reached };
	cache.set(call, [...known, { calls, effects }]);
	return effects;
}

/** Fields that the call may write with this holder; other arguments make no difference to any call. */
function writesWith(
	calls: Calls,
	call: CallName,
	{ holder, reached }: { readonly holder: string | null; readonly reached: Set<CallName> },
): string[] {
	const device = { alive: true, holder: 'A', ops: 'A', refs: 2 };
	const holders = { A: { returns: 'ok', calls: [] } };
	const threads = [{ name: call, calls: [{ site: 0, call, holder, ops: holder }] }];
	const program: Program = { id: call, holders, device, setup: [], threads };
	return [...reachOf(threadsOf(program, calls, reached)).written];
}

/** The fields that the calls change. Other fields are constant, so that reading them records no event. */
const fieldsOf = ({ dax_dev }: SharedState): Field<Value>[] => [
	dax_dev.holder_data,
	dax_dev.holder_ops,
	dax_dev.flags,
	dax_dev.i_count,
];

const MEMORY: readonly Op[] = ['read', 'write', 'rmw'];

function run(
	{ program, calls, reached, prepared }: Start,
	index: number,
	values: readonly Value[],
): ThreadRun {
	const fields = new Map(fieldsOf(prepared).map((field) => [field.name, field]));
	const journal = new Journal();
	const dax_srcu = new Srcu('dax_srcu');
	const { dax_dev, disk, minors } = prepared;
	dax_dev.freed = false;
	const state = { dax_dev, disk, minors, dax_srcu, dev_dax: devDax(), log: null };
	const world = { program, calls, reached, state, journal };
	const thread = new Thread(world, index, program.threads[index]?.calls ?? []);
	const events = journal.events as ThreadEvent[];
	const unused = values.values();
	let stop = thread.advance();
	const record = (waits: boolean): ThreadRun => {
		const { results, warnings, callbacks, faults } = journal;
		const { access } = stop;
		const blocked =
			access && !waits ? [{ agent: index, op: access.op, object: access.object }] : [];
		return { events, waits, results, warnings, callbacks, faults, blocked };
	};
	while (stop.access && (!stop.access.ready || stop.access.ready())) {
		const { access } = stop;
		const event = eventOf(index, stop, access);
		const field = fields.get(access.object);
		const recorded = field !== undefined || !MEMORY.includes(access.op);
		if (recorded) events.push(event);
		if (field && (access.op === 'read' || access.op === 'rmw')) {
			const { value, done } = unused.next();
			if (done) return record(true);
			field.value = value;
		}
		const value = access.perform(event);
		if (recorded && access.memory && dax_dev.freed && access.op !== 'free') {
			journal.fault('use-after-free', index);
			stop = { ...stop, access: null };
		} else {
			stop = thread.advance(value);
			journal.stop(stop, index);
		}
	}
	// A thread that is not ready waits for its own lock or read section.
	if (stop.access) journal.fault('deadlock', null);
	return record(false);
}

const eventOf = (
	agent: number,
	{ site, function: name }: Stop,
	{ op, object, marked, order, update }: Access,
): ThreadEvent => ({
	agent,
	op,
	object,
	marked,
	order: order ?? 'once',
	old: null,
	new: null,
	site,
	function: name,
	enabled: [agent],
	...(op === 'rmw' && update && { update }),
});
