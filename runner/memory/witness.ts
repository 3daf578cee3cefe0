// SPDX-License-Identifier: MIT
/**
 * Finds the witness of a weak execution, for diagrams: one order of all events in which every load reads the latest
 * store, with the fewest accesses out of program order, each a delayed store or an early load.
 */
import type { Candidate } from './candidate';
import { INITIAL, type MemoryEvent } from './layout';

/** An event by its thread and its index among the events of the thread's run. */
export interface Step {
	readonly thread: number;
	readonly origin: number;
}

export interface Move {
	readonly step: Step;
	readonly how: 'delayed' | 'early';
	/** The accesses of the same thread that it moved past, in program order. */
	readonly past: readonly Step[];
}

export interface Witness {
	readonly steps: readonly Step[];
	readonly moves: readonly Move[];
	/** True if there is no such order, as when two threads saw two stores in different orders; steps are by thread. */
	readonly divided: boolean;
}

/** Maximum accesses out of program order; a diagram with more is not readable. */
const MAX_MOVES = 3;

/** @param lengths  the number of events of each thread's run */
export function witnessOf(candidate: Candidate, lengths: readonly number[]): Witness {
	const graph = new Graph(candidate, lengths);
	for (let count = 0; count <= MAX_MOVES; count++)
		for (const moved of combinations(graph.movable(), count)) {
			const steps = graph.order(moved);
			if (steps)
				return {
					steps,
					moves: moved.flatMap((each) => moveOf(each, steps, graph)),
					divided: false,
				};
		}
	const steps = lengths.flatMap((length, thread) =>
		Array.from({ length }, (_, origin) => ({ thread, origin })),
	);
	return { steps, moves: [], divided: true };
}

type Moved = Pick<Move, 'step' | 'how'>;

function moveOf({ step, how }: Moved, steps: readonly Step[], graph: Graph): Move[] {
	const at = steps.findIndex((each) => same(each, step));
	const past = steps.filter(
		(each, index) =>
			each.thread === step.thread &&
			graph.isAccess(each) &&
			(how === 'delayed'
				? each.origin > step.origin && index < at
				: each.origin < step.origin && index > at),
	);
	return past.length > 0 ? [{ step, how, past }] : [];
}

const same = (a: Step, b: Step): boolean => a.thread === b.thread && a.origin === b.origin;

class Graph {
	/** For each step the steps of other threads that must come before it: rf, co and fr. */
	private readonly before = new Map<string, Step[]>();
	private readonly accesses = new Map<string, MemoryEvent[]>();

	constructor(
		{ skeleton: { events }, com }: Candidate,
		private readonly lengths: readonly number[],
	) {
		for (const event of events)
			if (event.thread !== INITIAL)
				this.accesses.set(key(event), [...(this.accesses.get(key(event)) ?? []), event]);
		for (const from of events)
			for (const to of events) {
				if (!com.has(from.id, to.id) || from.thread === INITIAL || same(from, to)) continue;
				if (to.thread === INITIAL) continue;
				this.before.set(key(to), [...(this.before.get(key(to)) ?? []), from]);
			}
	}

	isAccess(step: Step): boolean {
		return (this.accesses.get(key(step)) ?? []).some(
			({ kind }) => kind === 'read' || kind === 'write',
		);
	}

	/** Accesses that may be out of program order: stores first, because most processors delay stores. */
	movable(): Moved[] {
		const single = [...this.accesses.values()].flatMap((events) => {
			const [event] = events;
			return event && (event.kind === 'read' || event.kind === 'write') ? [{ event, events }] : [];
		});
		const stores = single.filter(({ events }) => events.some(({ kind }) => kind === 'write'));
		const loads = single.filter(({ events }) => events.some(({ kind }) => kind === 'read'));
		const step = ({ thread, origin }: MemoryEvent): Step => ({ thread, origin });
		return [
			...stores.map(({ event }): Moved => ({ step: step(event), how: 'delayed' })),
			...loads.map(({ event }): Moved => ({ step: step(event), how: 'early' })),
		];
	}

	/** An order of all steps that keeps the order of each thread, except for moved steps; null when there is none. */
	order(moved: readonly Moved[]): Step[] | null {
		const moves = new Map(moved.map(({ step, how }) => [key(step), how]));
		const waiting = this.lengths.map((length, thread) =>
			Array.from({ length }, (_, origin): Step => ({ thread, origin })),
		);
		const done = new Set<string>();
		const steps: Step[] = [];
		const ready = (step: Step): boolean =>
			(this.before.get(key(step)) ?? []).every((each) => done.has(key(each)));
		const nextOf = (steps: readonly Step[]): Step | undefined => {
			for (const step of steps) {
				if (ready(step)) return step;
				if (moves.get(key(step)) !== 'delayed') break;
			}
			return steps.find((step) => moves.get(key(step)) === 'early' && ready(step));
		};
		/** Gives a step that can come next, of the last thread if possible. */
		const next = (last: number): Step | undefined => {
			for (const thread of [last, ...waiting.keys()]) {
				const step = nextOf(waiting[thread] ?? []);
				if (step) return step;
			}
			return undefined;
		};
		for (let step = next(0); step; step = next(step.thread)) {
			const { thread } = step;
			waiting[thread] = (waiting[thread] ?? []).filter((each) => each !== step);
			done.add(key(step));
			steps.push(step);
		}
		return waiting.every((rest) => rest.length === 0) ? steps : null;
	}
}

const key = ({ thread, origin }: Step): string => `${thread} ${origin}`;

function* combinations<T>(items: readonly T[], count: number): Generator<T[]> {
	if (count === 0) yield [];
	else
		for (const [index, item] of items.entries())
			for (const rest of combinations(items.slice(index + 1), count - 1)) yield [item, ...rest];
}
