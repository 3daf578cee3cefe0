// SPDX-License-Identifier: MIT
/** Finds the linearisation of a trace with the fewest preemptions: the schedule that a failure shows. */
import type { Event } from '../../schema/types/execution';
import type { Trace } from './trace';

export interface Linearisation {
	readonly schedule: number[];
	readonly preemptions: number;
}

/** Number of events done, by agent. */
type Done = readonly number[];

interface State {
	readonly done: Done;
	/** -1 at the start. */
	readonly current: number;
	readonly from: State | null;
}

/**
 * Returns null when every linearisation has limit preemptions or more. together are two events that race reversibly and
 * must be adjacent, so that the schedule shows the race.
 */
export function fewestPreemptions(
	trace: Trace,
	limit = Number.POSITIVE_INFINITY,
	together?: readonly [number, number],
): Linearisation | null {
	const progress = new Progress(trace);
	const seen = new Set<string>();
	let level: State[] = [{ done: progress.none, current: -1, from: null }];
	for (let preemptions = 0; level.length > 0 && preemptions < limit; preemptions++) {
		const next: State[] = [];
		for (let state = level.pop(); state; state = level.pop()) {
			const { done, current } = state;
			const key = `${done.join()}@${current}`;
			if (seen.has(key)) continue;
			seen.add(key);
			if (progress.isComplete(done)) return { schedule: choices(state), preemptions };
			const preempts = current >= 0 && progress.isEnabled(done, current);
			for (let agent = trace.agents - 1; agent >= 0; agent--) {
				if (!progress.isReady(done, agent)) continue;
				if (together && !progress.keepsAdjacent(done, agent, together)) continue;
				const after = done.map((count, other) => (other === agent ? count + 1 : count));
				const list = agent !== current && preempts ? next : level;
				list.push({ done: after, current: agent, from: state });
			}
		}
		level = next;
	}
	return null;
}

interface Step {
	readonly index: number;
	readonly event: Event;
	readonly clock: readonly number[];
}

/** The steps of each agent of a trace, and those that can follow once some are done. */
class Progress {
	/** By agent. */
	private readonly chains: readonly (readonly Step[])[];
	readonly none: Done;

	constructor(private readonly trace: Trace) {
		const steps = trace.events.map(
			(event, index): Step => ({ index, event, clock: trace.clocks[index] ?? [] }),
		);
		this.chains = Array.from({ length: trace.agents }, (_, agent) =>
			steps.filter(({ event }) => event.agent === agent),
		);
		this.none = this.chains.map(() => 0);
	}

	isComplete(done: Done): boolean {
		return this.chains.every(({ length }, agent) => done[agent] === length);
	}

	/** True if every event that happens before the agent's next one is done. */
	isReady(done: Done, agent: number): boolean {
		const step = this.next(done, agent);
		if (!step) return false;
		return step.clock.every((count, other) => other === agent || count <= (done[other] ?? 0));
	}

	/** True if the agent is enabled, also where it goes on in another trace only. */
	isEnabled(done: Done, agent: number): boolean {
		const step = this.next(done, agent);
		const next = step?.event ?? this.trace.execution.blocked.find((each) => each.agent === agent);
		if (next?.op === 'lock') return !this.isHeld(done, next.object);
		if (next?.op === 'sync-end') return step !== undefined && this.isReady(done, agent);
		return step !== undefined;
	}

	/** False if the agent's next event would come between two events that must be adjacent. */
	keepsAdjacent(done: Done, agent: number, [first, second]: readonly [number, number]): boolean {
		const next = this.next(done, agent)?.index;
		const secondIsNext = done.some((_, other) => this.next(done, other)?.index === second);
		if (next === first) return secondIsNext;
		const firstIsDone = this.steps(done).some(({ index }) => index === first);
		return !(firstIsDone && secondIsNext) || next === second;
	}

	private next(done: Done, agent: number): Step | undefined {
		return this.chains[agent]?.[done[agent] ?? 0];
	}

	private steps(done: Done): Step[] {
		return this.chains.flatMap((chain, agent) => chain.slice(0, done[agent]));
	}

	private isHeld(done: Done, mutex: string): boolean {
		return this.chains.some((chain, agent) => {
			const last = chain
				.slice(0, done[agent])
				.findLast(({ event: { op, object } }) => object === mutex && /^(un)?lock$/.test(op));
			return last?.event.op === 'lock';
		});
	}
}

function choices(state: State): number[] {
	const schedule: number[] = [];
	for (let each = state; each.from; each = each.from) schedule.push(each.current);
	return schedule.reverse();
}
