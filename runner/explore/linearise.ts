// SPDX-License-Identifier: MIT
/**
 * Finds the linearisation of a trace with the fewest preemptions: the schedule that a failure shows. Each failing trace of
 * an exploration is searched for a shorter one than before, in loops that count because they are seldom compiled.
 */
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
	if (limit <= 0) return null;
	const progress = new Progress(trace);
	const seen = new Set<number | string>();
	let level: State[] = [{ done: progress.none, current: -1, from: null }];
	for (let preemptions = 0; level.length > 0 && preemptions < limit; preemptions++) {
		const next: State[] = [];
		for (let state = level.pop(); state; state = level.pop()) {
			const { done, current } = state;
			const key = progress.key(done, current);
			if (seen.has(key)) continue;
			seen.add(key);
			if (progress.isComplete(done)) return { schedule: choices(state), preemptions };
			const preempts = current >= 0 && progress.isEnabled(done, current);
			for (let agent = trace.agents - 1; agent >= 0; agent--) {
				if (!progress.isReady(done, agent)) continue;
				if (together && !progress.keepsAdjacent(done, agent, together)) continue;
				const after = done.slice();
				after[agent]!++;
				const list = agent !== current && preempts ? next : level;
				list.push({ done: after, current: agent, from: state });
			}
		}
		level = next;
	}
	return null;
}

/** The events of each agent of a trace, and those that can follow once some are done. */
class Progress {
	/** Indexes of events, by agent. */
	private readonly chains: number[][] = [];
	readonly none: number[] = [];
	/** Number of values of key(). */
	private readonly keys: number;

	constructor(private readonly trace: Trace) {
		const { agents, events } = trace;
		for (let agent = 0; agent < agents; agent++) {
			this.chains.push([]);
			this.none.push(0);
		}
		for (let index = 0; index < events.length; index++)
			this.chains[events[index]!.agent]!.push(index);
		this.keys = this.chains.reduce((product, { length }) => product * (length + 1), agents + 1);
	}

	/** Identifies a state: by a number, or a text where there are too many. */
	key(done: Done, current: number): number | string {
		if (this.keys > Number.MAX_SAFE_INTEGER) return `${done.join()}@${current}`;
		let key = current + 1;
		let factor = done.length + 1;
		for (let agent = 0; agent < done.length; agent++) {
			key += done[agent]! * factor;
			factor *= this.chains[agent]!.length + 1;
		}
		return key;
	}

	isComplete(done: Done): boolean {
		for (let agent = 0; agent < done.length; agent++)
			if (done[agent] !== this.chains[agent]!.length) return false;
		return true;
	}

	/** True if every event that happens before the agent's next one is done. */
	isReady(done: Done, agent: number): boolean {
		const next = this.next(done, agent);
		if (next === undefined) return false;
		const clock = this.trace.clocks[next]!;
		for (let other = 0; other < clock.length; other++)
			if (other !== agent && clock[other]! > done[other]!) return false;
		return true;
	}

	/** True if the agent is enabled, also where it goes on in another trace only. */
	isEnabled(done: Done, agent: number): boolean {
		const { events, execution } = this.trace;
		const next = this.next(done, agent);
		const waiting: Pick<Event, 'op' | 'object'> | undefined =
			next === undefined ? execution.blocked.find((each) => each.agent === agent) : events[next];
		if (waiting?.op === 'lock') return !this.isHeld(done, waiting.object);
		if (waiting?.op === 'sync-end') return next !== undefined && this.isReady(done, agent);
		return next !== undefined;
	}

	/** False if the agent's next event would come between two events that must be adjacent. */
	keepsAdjacent(done: Done, agent: number, [first, second]: readonly [number, number]): boolean {
		const next = this.next(done, agent);
		const secondIsNext = done.some((_, other) => this.next(done, other) === second);
		if (next === first) return secondIsNext;
		return !(this.isDone(done, first) && secondIsNext) || next === second;
	}

	private next(done: Done, agent: number): number | undefined {
		return this.chains[agent]![done[agent]!];
	}

	private isDone(done: Done, event: number): boolean {
		const { agent } = this.trace.events[event]!;
		return this.trace.positions[event]! <= done[agent]!;
	}

	private isHeld(done: Done, mutex: string): boolean {
		const { events } = this.trace;
		return this.chains.some((chain, agent) => {
			const last = chain
				.slice(0, done[agent])
				.findLast(
					(index) => events[index]!.object === mutex && /^(un)?lock$/.test(events[index]!.op),
				);
			return last !== undefined && events[last]!.op === 'lock';
		});
	}
}

function choices(state: State): number[] {
	const schedule: number[] = [];
	for (let each = state; each.from; each = each.from) schedule.push(each.current);
	return schedule.reverse();
}
