// SPDX-License-Identifier: MIT
/**
 * x86-TSO as a machine (Owens, Sarkar, Sewell 2009): each thread has a queue of stores that others do not see yet. Every
 * interleaving of the threads and of what leaves their queues, by brute force; nothing of the axiomatic engine is in it.
 */
import type { Fence, IsolatedThreads, ThreadRun } from '../../implementations/implementation';
import type { Value } from '../../schema/types/execution';
import type { Program } from '../../schema/types/program';
import { endOfThreads } from './ends';

/** A store, or the end of a read section, which others see no earlier than the stores before it. */
type Queued = { field: string; value: Value } | { leaves: number };

interface Cpu {
	/** What its reads found. */
	values: Value[];
	/** Events that it has done. */
	done: number;
	queue: Queued[];
	/** Sections that it waits for. */
	awaits: number[];
}

interface State {
	cpus: Cpu[];
	memory: Record<string, Value>;
	/** Read sections that are not over for everybody. */
	open: number[];
}

/** smp_wmb() and smp_rmb() cost nothing on x86. */
const DRAIN: readonly Fence[] = ['mb', 'before-atomic', 'after-atomic'];

/** Read sections of a thread at most. */
const SECTIONS = 100;

/** The ends that the machine can reach. */
export function throughStoreBuffers(program: Program, alone: IsolatedThreads): Set<string> {
	const cpus = Array.from({ length: alone.threads }, (): Cpu => {
		return { values: [], done: 0, queue: [], awaits: [] };
	});
	const locks = alone.locks?.() ?? new Set<string>();
	const ends = new Set<string>();
	const seen = new Set<string>();
	const open: State[] = [{ cpus, memory: { ...alone.init }, open: [] }];
	const lone = (state: State, cpu: number): ThreadRun => alone.run(cpu, state.cpus[cpu]!.values);
	for (let state = open.pop(); state; state = open.pop()) {
		for (const [index, cpu] of state.cpus.entries()) settle(lone(state, index), cpu, index, locks);
		const key = JSON.stringify(state);
		if (seen.has(key)) continue;
		seen.add(key);
		const next = state.cpus.flatMap((_, cpu) => steps(state!, cpu, lone(state!, cpu)));
		open.push(...next);
		const threads = state.cpus.map((_, cpu) => lone(state!, cpu));
		const over = threads.every((thread, cpu) => isOver(thread, state!.cpus[cpu]!));
		const finals = new Map(Object.entries(state.memory));
		if (over) ends.add(endOfThreads(program, alone, threads, finals));
	}
	return ends;
}

const isOver = ({ events, waits }: ThreadRun, { done, queue }: Cpu): boolean =>
	!waits && done === events.length && queue.length === 0;

/** Is there such a barrier right before an event? */
const mustDrain = ({ fences = [] }: ThreadRun, at: number): boolean =>
	fences.some(({ before, fence }) => before === at && DRAIN.includes(fence));

/** Does what nobody else can see: a store goes into the queue. */
function settle(lone: ThreadRun, cpu: Cpu, index: number, locks: ReadonlySet<string>): void {
	const { events, waits } = lone;
	for (; cpu.done < events.length; cpu.done++) {
		if (cpu.queue.length > 0 && mustDrain(lone, cpu.done)) return;
		const { op, object, new: value } = events[cpu.done]!;
		if (waits && cpu.done === events.length - 1) return;
		if (op === 'srcu-lock' || op === 'sync-begin' || op === 'sync-end') return;
		if (op === 'lock' && locks.has(object)) return;
		// The value of a read is in values already, and the event is done.
		if (op === 'write') cpu.queue.push({ field: object, value });
		if (op === 'unlock' && locks.has(object)) cpu.queue.push({ field: object, value: false });
		if (op !== 'srcu-unlock') continue;
		const before = events.slice(0, cpu.done);
		cpu.queue.push({ leaves: index * SECTIONS + innermost(before.map((each) => each.op)) });
	}
}

/** The number of the section that an unlock ends. */
function innermost(ops: readonly string[]): number {
	const open: number[] = [];
	let count = 0;
	for (const op of ops) {
		if (op === 'srcu-lock') open.push(count++);
		if (op === 'srcu-unlock') open.pop();
	}
	return open.at(-1) ?? SECTIONS - 1;
}

/** The states after the next visible step of a CPU, and after the oldest of its queue has left. */
function steps(state: State, index: number, lone: ThreadRun): State[] {
	const { events } = lone;
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
	if (mustDrain(lone, done) && !drained) return found;
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
			// What nobody took yet has no value.
			if (drained && !state.memory[event.object])
				step((next, cpu) => {
					next.memory[event.object] = true;
					cpu.done++;
				});
			break;
		case 'srcu-lock':
			step((next, cpu) => {
				const count = events.slice(0, done).filter(({ op }) => op === 'srcu-lock').length;
				next.open.push(index * SECTIONS + count);
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
