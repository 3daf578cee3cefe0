// SPDX-License-Identifier: MIT
/**
 * A weak execution as people can follow it: one order in which every load finds the latest store, with as few accesses
 * as possible out of the order of their thread, each a store that was delayed or a load that was early.
 */
import type { Candidate } from './candidate';
import type { MemoryEvent } from './layout';

/** An event of a thread's own account: the thread, and its index there. */
export interface Step {
	readonly thread: number;
	readonly origin: number;
}

export interface Move {
	readonly step: Step;
	readonly how: 'delayed' | 'early';
	/** The accesses of its thread that it changed places with, in their order. */
	readonly past: readonly Step[];
}

export interface Witness {
	readonly steps: readonly Step[];
	readonly moves: readonly Move[];
	/** Is there no such order, because two threads saw two stores in different orders? */
	readonly divided: boolean;
}

/** Moves at most; beyond, nobody could follow. */
const MOST = 3;

/** @param lengths  how many events each thread's account has */
export function witnessOf(candidate: Candidate, lengths: readonly number[]): Witness {
	const graph = new Graph(candidate, lengths);
	for (let count = 0; count <= MOST; count++)
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
	/** Steps that must come before each step, by what threads tell each other. */
	private readonly before = new Map<string, Step[]>();
	private readonly accesses = new Map<string, MemoryEvent[]>();

	constructor(
		{ skeleton: { events }, com }: Candidate,
		private readonly lengths: readonly number[],
	) {
		for (const event of events)
			if (event.thread >= 0)
				this.accesses.set(key(event), [...(this.accesses.get(key(event)) ?? []), event]);
		for (const [a, b] of com.pairs()) {
			const [from, to] = [events[a]!, events[b]!];
			if (from.thread < 0 || to.thread < 0 || same(from, to)) continue;
			this.before.set(key(to), [...(this.before.get(key(to)) ?? []), from]);
		}
	}

	isAccess(step: Step): boolean {
		return (this.accesses.get(key(step)) ?? []).some(
			({ kind }) => kind === 'read' || kind === 'write',
		);
	}

	/** Single accesses that could have been out of order; stores first, which is what most machines do. */
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

	/** An order of all steps that keeps each thread's, but for what moves; null when there is none. */
	order(moved: readonly Moved[]): Step[] | null {
		const moves = new Map(moved.map(({ step, how }) => [key(step), how]));
		const waiting = this.lengths.map((length, thread) =>
			Array.from({ length }, (_, origin): Step => ({ thread, origin })),
		);
		const done = new Set<string>();
		const steps: Step[] = [];
		const ready = (step: Step): boolean =>
			(this.before.get(key(step)) ?? []).every((each) => done.has(key(each)));
		const next = (thread: number): Step | undefined => {
			for (const step of waiting[thread]!) {
				if (ready(step)) return step;
				if (moves.get(key(step)) !== 'delayed') break;
			}
			return waiting[thread]!.find((step) => moves.get(key(step)) === 'early' && ready(step));
		};
		let current = 0;
		for (;;) {
			const threads = [current, ...this.lengths.keys()];
			const thread = threads.find((each) => next(each) !== undefined);
			if (thread === undefined) break;
			const step = next(thread)!;
			waiting[thread] = waiting[thread]!.filter((each) => each !== step);
			done.add(key(step));
			steps.push(step);
			current = thread;
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
