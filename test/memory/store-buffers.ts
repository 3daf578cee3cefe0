// SPDX-License-Identifier: MIT
/**
 * x86-TSO as a machine (Owens, Sarkar, Sewell 2009): each thread has a queue of stores that other threads do not see yet.
 * Enumerates every interleaving of threads and queues; shares no code with the axiomatic engine.
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
	/** Number of its events that are done. */
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

/** Barriers that empty the queue; smp_wmb() and smp_rmb() are no instruction on x86. */
const DRAINING: readonly Fence[] = ['mb', 'before-atomic', 'after-atomic'];

/** Read sections of one thread; a section has the number thread * MAX_SECTIONS + ordinal. */
const MAX_SECTIONS = 100;

/** The ends that the machine can reach. */
export function throughStoreBuffers(program: Program, isolated: IsolatedThreads): Set<string> {
	const cpus = Array.from({ length: isolated.threads }, (): Cpu => {
		return { values: [], done: 0, queue: [], awaits: [] };
	});
	const locks = isolated.locks?.() ?? new Set<string>();
	const ends = new Set<string>();
	const seen = new Set<string>();
	const open: State[] = [{ cpus, memory: { ...isolated.init }, open: [] }];
	const run = (state: State, cpu: number): ThreadRun => isolated.run(cpu, state.cpus[cpu]!.values);
	for (let state = open.pop(); state; state = open.pop()) {
		for (const [index, cpu] of state.cpus.entries()) settle(run(state, index), cpu, index, locks);
		const key = JSON.stringify(state);
		if (seen.has(key)) continue;
		seen.add(key);
		const next = state.cpus.flatMap((_, cpu) => steps(state!, cpu, run(state!, cpu)));
		open.push(...next);
		const threads = state.cpus.map((_, cpu) => run(state!, cpu));
		const over = threads.every((thread, cpu) => isOver(thread, state!.cpus[cpu]!));
		const finals = new Map(Object.entries(state.memory));
		if (over) ends.add(endOfThreads(program, isolated, threads, finals));
	}
	return ends;
}

const isOver = ({ events, waits }: ThreadRun, { done, queue }: Cpu): boolean =>
	!waits && done === events.length && queue.length === 0;

/** True if a barrier before the event empties the queue. */
const mustDrain = ({ fences = [] }: ThreadRun, at: number): boolean =>
	fences.some(({ before, fence }) => before === at && DRAINING.includes(fence));

/** Performs the steps that no other thread can see: stores go into the queue. */
function settle(run: ThreadRun, cpu: Cpu, index: number, locks: ReadonlySet<string>): void {
	const { events, waits } = run;
	for (; cpu.done < events.length; cpu.done++) {
		if (cpu.queue.length > 0 && mustDrain(run, cpu.done)) return;
		const { op, object, new: value } = events[cpu.done]!;
		if (waits && cpu.done === events.length - 1) return;
		if (op === 'srcu-lock' || op === 'sync-begin' || op === 'sync-end') return;
		if (op === 'lock' && locks.has(object)) return;
		if (op === 'write') cpu.queue.push({ field: object, value });
		if (op === 'unlock' && locks.has(object)) cpu.queue.push({ field: object, value: false });
		if (op !== 'srcu-unlock') continue;
		const before = events.slice(0, cpu.done);
		cpu.queue.push({ leaves: index * MAX_SECTIONS + innermost(before.map((each) => each.op)) });
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

/** The states after the next visible step of a CPU, and after the oldest of its queue has left. */
function steps(state: State, index: number, run: ThreadRun): State[] {
	const { events } = run;
	const found: State[] = [];
	const step = (change: (next: State, cpu: Cpu) => void) => {
		const next = structuredClone(state);
		change(next, next.cpus[index]!);
		found.push(next);
	};
	const { queue, done, awaits } = state.cpus[index]!;
	if (queue.length > 0)
		step((next, cpu) => {
			const oldest = cpu.queue.shift()!;
			if ('field' in oldest) next.memory[oldest.field] = oldest.value;
			else next.open = next.open.filter((section) => section !== oldest.leaves);
		});
	const event = events[done];
	const drained = queue.length === 0;
	if (mustDrain(run, done) && !drained) return found;
	switch (event?.op) {
		case 'read': {
			const own = queue.findLast((each) => 'field' in each && each.field === event.object);
			const value = own && 'field' in own ? own.value : state.memory[event.object]!;
			step((_, cpu) => {
				cpu.values.push(value);
				cpu.done++;
			});
			break;
		}
		case 'rmw': {
			const old = state.memory[event.object]!;
			if (drained)
				step((next, cpu) => {
					const stored = event.update!(old);
					if (stored !== undefined) next.memory[event.object] = stored;
					cpu.values.push(old);
					cpu.done++;
				});
			break;
		}
		case 'lock':
			// A lock that was never taken has no value.
			if (drained && !state.memory[event.object])
				step((next, cpu) => {
					next.memory[event.object] = true;
					cpu.done++;
				});
			break;
		case 'srcu-lock':
			step((next, cpu) => {
				const count = events.slice(0, done).filter(({ op }) => op === 'srcu-lock').length;
				next.open.push(index * MAX_SECTIONS + count);
				cpu.done++;
			});
			break;
		case 'sync-begin':
			if (drained)
				step((next, cpu) => {
					cpu.awaits = [...next.open];
					cpu.done++;
				});
			break;
		case 'sync-end':
			if (!awaits.some((section) => state.open.includes(section)))
				step((_, cpu) => {
					cpu.awaits = [];
					cpu.done++;
				});
	}
	return found;
}
