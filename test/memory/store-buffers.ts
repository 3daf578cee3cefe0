// SPDX-License-Identifier: MIT
/**
 * x86-TSO as a machine (Owens, Sarkar, Sewell 2009): each thread has a queue of stores that other threads do not see yet.
 * Executes every interleaving of threads and queues. Shares no code with the axiomatic engine.
 */
import type { Fence, IsolatedThreads, ThreadRun } from '../../implementations/implementation';
import type { Value } from '../../schema/types/execution';
import type { Program } from '../../schema/types/program';
import { endOfThreads } from './ends';

/** A store, or the end of a read section, which takes effect after the stores before it. */
type Queued = { field: string; value: Value } | { leaves: number };

interface Cpu {
	/** Values that its reads returned. */
	values: Value[];
	/** Number of its events that have been performed. */
	done: number;
	queue: Queued[];
	/** Read sections that it waits for. */
	awaits: number[];
}

interface State {
	cpus: Cpu[];
	memory: Record<string, Value>;
	/** Read sections whose end has not left its queue. */
	open: number[];
}

/** Barriers that empty the queue; smp_wmb() and smp_rmb() need no instruction on x86. */
const DRAINING: readonly Fence[] = ['mb', 'before-atomic', 'after-atomic'];

/** Read sections of one thread; a section has the number thread * MAX_SECTIONS + ordinal. */
const MAX_SECTIONS = 100;

/** Gives the end states that the machine can reach. */
export function endsUnderStoreBuffers(program: Program, isolated: IsolatedThreads): Set<string> {
	const cpus = Array.from({ length: isolated.threads }, (): Cpu => {
		return { values: [], done: 0, queue: [], awaits: [] };
	});
	const locks = isolated.locks?.() ?? new Set<string>();
	const ends = new Set<string>();
	const seen = new Set<string>();
	const open: State[] = [{ cpus, memory: { ...isolated.init }, open: [] }];
	for (let state = open.pop(); state; state = open.pop()) {
		const current = state;
		const threads = current.cpus.map(({ values }, cpu) => isolated.run(cpu, values));
		for (const [index, cpu] of current.cpus.entries()) settle(threads[index], cpu, index, locks);
		const key = JSON.stringify(current);
		if (seen.has(key)) continue;
		seen.add(key);
		open.push(...threads.flatMap((run, cpu) => steps(current, cpu, run)));
		const over = threads.every((run, cpu) => isOver(run, current.cpus[cpu]));
		const finals = new Map(Object.entries(current.memory));
		if (over) ends.add(endOfThreads(program, isolated, threads, finals));
	}
	return ends;
}

const isOver = ({ events, waits }: ThreadRun, cpu: Cpu | undefined): boolean =>
	!waits && cpu?.done === events.length && cpu.queue.length === 0;

/** True if a barrier before the event empties the queue. */
const mustDrain = ({ fences = [] }: ThreadRun, at: number): boolean =>
	fences.some(({ before, fence }) => before === at && DRAINING.includes(fence));

/** Performs the next steps that are invisible to other threads, such as stores, which go into the queue. */
function settle(
	run: ThreadRun | undefined,
	cpu: Cpu,
	index: number,
	locks: ReadonlySet<string>,
): void {
	if (!run) return;
	const { events, waits } = run;
	const ready = waits ? events.slice(0, -1) : events;
	for (const { op, object, new: value } of ready.slice(cpu.done)) {
		if (cpu.queue.length > 0 && mustDrain(run, cpu.done)) return;
		if (op === 'srcu-lock' || op === 'sync-begin' || op === 'sync-end') return;
		if (op === 'lock' && locks.has(object)) return;
		if (op === 'write') cpu.queue.push({ field: object, value });
		if (op === 'unlock' && locks.has(object)) cpu.queue.push({ field: object, value: false });
		if (op === 'srcu-unlock') {
			const before = events.slice(0, cpu.done).map((each) => each.op);
			cpu.queue.push({ leaves: index * MAX_SECTIONS + innermost(before) });
		}
		cpu.done++;
	}
}

/** The ordinal of the section that an unlock ends. */
function innermost(ops: readonly string[]): number {
	const open: number[] = [];
	let count = 0;
	for (const op of ops) {
		if (op === 'srcu-lock') open.push(count++);
		if (op === 'srcu-unlock') open.pop();
	}
	return open.at(-1) ?? MAX_SECTIONS - 1;
}

type Change = (state: State, cpu: Cpu) => void;

/** Gives the states after the next visible step of a CPU, and after the oldest entry of its queue takes effect. */
function steps(state: State, index: number, run: ThreadRun): State[] {
	const cpu = state.cpus[index];
	if (!cpu) return [];
	const [oldest] = cpu.queue;
	const changes: (Change | null)[] = [];
	if (oldest)
		changes.push((next, { queue }) => {
			queue.shift();
			if ('field' in oldest) next.memory[oldest.field] = oldest.value;
			else next.open = next.open.filter((section) => section !== oldest.leaves);
		});
	if (!oldest || !mustDrain(run, cpu.done)) changes.push(visible(state, cpu, index, run));
	return changes.flatMap((change) => {
		const next = structuredClone(state);
		const changed = next.cpus[index];
		if (!change || !changed) return [];
		change(next, changed);
		return [next];
	});
}

/** Gives the next event of a CPU as a change of the state; null if there is none, or if it must wait. */
function visible(state: State, cpu: Cpu, index: number, { events }: ThreadRun): Change | null {
	const { queue, done, awaits } = cpu;
	const event = events[done];
	const drained = queue.length === 0;
	const then =
		(change: Change): Change =>
		(next, changed) => {
			change(next, changed);
			changed.done++;
		};
	switch (event?.op) {
		case 'read': {
			const own = queue.findLast((each) => 'field' in each && each.field === event.object);
			const value = own && 'field' in own ? own.value : (state.memory[event.object] ?? null);
			return then((_, { values }) => values.push(value));
		}
		case 'rmw': {
			const old = state.memory[event.object] ?? null;
			const stored = event.update?.(old);
			if (!drained) return null;
			return then(({ memory }, { values }) => {
				if (stored !== undefined) memory[event.object] = stored;
				values.push(old);
			});
		}
		case 'lock':
			// A lock that was never taken has no value.
			if (!drained || state.memory[event.object]) return null;
			return then(({ memory }) => {
				memory[event.object] = true;
			});
		case 'srcu-lock': {
			const count = events.slice(0, done).filter(({ op }) => op === 'srcu-lock').length;
			return then(({ open }) => open.push(index * MAX_SECTIONS + count));
		}
		case 'sync-begin':
			if (!drained) return null;
			return then(({ open }, changed) => {
				changed.awaits = [...open];
			});
		case 'sync-end':
			if (awaits.some((section) => state.open.includes(section))) return null;
			return then((_, changed) => {
				changed.awaits = [];
			});
		default:
			return null;
	}
}
