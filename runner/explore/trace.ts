// SPDX-License-Identifier: MIT
/**
 * Happens-before in one execution, and the Mazurkiewicz trace that it belongs to. A search makes one for each execution,
 * most of whose events are those of the execution before: their footprints and clocks are taken from there. The rest
 * costs one pass over the earlier events for each event that can depend on another.
 */
import type { Event, Execution } from '../../schema/types/execution';
import { type Dependence, dependent, type Footprint, isEffectless } from './dependence';
import { sameEvent } from './same';

type Clock = readonly number[];

export class Trace {
	readonly footprints: readonly Footprint[];
	/** For each event its vector clock: how many events of each agent happen before it or are it. */
	readonly clocks: Clock[];
	/** For each event its number within its agent, from 1. */
	readonly positions: number[];

	readonly events: readonly Event[];
	/** Number of agents. */
	readonly agents: number;

	/** previous is any trace of the same program under the same dependence, whose beginning may be the same. */
	constructor(
		readonly execution: Execution,
		dependence: Dependence,
		previous?: Trace,
	) {
		const { events, agents } = execution;
		this.events = events;
		this.agents = agents.length;
		const same = previous ? equalBeginning(events, previous.events) : 0;
		this.footprints = dependence.footprints(events, previous?.footprints.slice(0, same));
		this.clocks = previous?.clocks.slice(0, same) ?? [];
		this.positions = previous?.positions.slice(0, same) ?? [];
		const last: number[] = new Array(this.agents).fill(-1);
		for (let index = 0; index < events.length; index++) {
			const agent = events[index]!.agent;
			if (index >= same) this.add(index, last[agent]!);
			last[agent] = index;
		}
	}

	/** Computes clock and position of an event; own is the event of its agent before, -1 if there is none. */
	private add(index: number, own: number): void {
		const { events, footprints, clocks, positions } = this;
		const { agent } = events[index]!;
		const footprint = footprints[index]!;
		const clock = own < 0 ? new Array<number>(this.agents).fill(0) : [...clocks[own]!];
		if (!isEffectless(footprint))
			for (let earlier = index - 1; earlier >= 0; earlier--) {
				if (clock[events[earlier]!.agent]! >= positions[earlier]!) continue;
				if (dependent(footprints[earlier]!, footprint)) join(clock, clocks[earlier]!);
			}
		const position = (own < 0 ? 0 : positions[own]!) + 1;
		clock[agent] = position;
		clocks.push(clock);
		positions.push(position);
	}

	/** Does event a happen before event b (a < b)? */
	before(a: number, b: number): boolean {
		return this.clocks[b]![this.events[a]!.agent]! >= this.positions[a]!;
	}

	/** The same for every linearisation of the same partial order, and for no other: the clocks of each agent's events. */
	key(): string {
		const { events, clocks } = this;
		const chains: string[] = new Array(this.agents).fill('');
		for (let index = 0; index < events.length; index++)
			chains[events[index]!.agent] += String.fromCharCode(...clocks[index]!);
		return chains.join(SEPARATOR);
	}
}

/** No number of events: an execution has some thousand at most. */
const SEPARATOR = '\uffff';

/** Number of events at the beginning that are the same. */
function equalBeginning(events: readonly Event[], others: readonly Event[]): number {
	const end = Math.min(events.length, others.length);
	let index = 0;
	while (index < end && sameEvent(events[index]!, others[index])) index++;
	return index;
}

/** Raises a clock to another one where that is later. */
export function join(clock: number[], other: Clock): void {
	for (let agent = 0; agent < clock.length; agent++)
		if (other[agent]! > clock[agent]!) clock[agent] = other[agent]!;
}
