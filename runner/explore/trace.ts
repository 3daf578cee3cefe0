// SPDX-License-Identifier: MIT
/**
 * Happens-before in one execution, its reversible races, and the Mazurkiewicz trace that it belongs to. A search makes one
 * for each execution, most of whose events are those of the execution before: what is known of these is taken from there.
 * The rest costs one pass over the earlier events for each event that can depend on another.
 */
import type { Event, Execution } from '../../schema/types/execution';
import { type Clock, join } from './clock';
import type { Dependence } from './dependence';
import { dependent, type Footprint, isEffectless, waitsFor } from './footprint';
import { racesOfLock } from './races';
import { sameEvent } from './same';

export class Trace {
	readonly footprints: readonly Footprint[];
	/** For each event its vector clock. */
	readonly clocks: Clock[];
	/** For each event its number within its agent, from 1. */
	readonly positions: number[];
	/** For each event the indexes of the events that race with it, last first. */
	readonly races: (readonly number[])[];
	/** The clocks as strings. */
	private readonly codes: string[];

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
		this.races = previous?.races.slice(0, same) ?? [];
		this.codes = previous?.codes.slice(0, same) ?? [];
		for (let index = same; index < events.length; index++) this.add(index);
	}

	/** Computes clock, position and races of an event. */
	private add(index: number): void {
		const { events, footprints, clocks, positions } = this;
		const { agent } = events[index]!;
		const footprint = footprints[index]!;
		/** The event of its agent before it. */
		let own = index - 1;
		while (own >= 0 && events[own]!.agent !== agent) own--;
		const clock = own < 0 ? new Array<number>(this.agents).fill(0) : clocks[own]!.slice();
		let racing: number[] | undefined;
		if (!isEffectless(footprint))
			for (let earlier = index - 1; earlier >= 0; earlier--) {
				if (clock[events[earlier]!.agent]! >= positions[earlier]!) continue;
				const other = footprints[earlier]!;
				if (!dependent(other, footprint)) continue;
				if (!waitsFor(footprint, other)) {
					racing ??= [];
					racing.push(earlier);
				}
				join(clock, clocks[earlier]!);
			}
		const position = (own < 0 ? 0 : positions[own]!) + 1;
		clock[agent] = position;
		this.races.push(
			footprint.locks === undefined ? (racing ?? NONE) : racesOfLock(this, index, agent, footprint),
		);
		clocks.push(clock);
		positions.push(position);
		this.codes.push(String.fromCharCode.apply(null, clock));
	}

	/** Does event a happen before event b (a < b)? */
	before(a: number, b: number): boolean {
		return this.clocks[b]![this.events[a]!.agent]! >= this.positions[a]!;
	}

	/** The same for every linearisation of the same partial order, and for no other: the clocks of each agent's events. */
	key(): string {
		const { events, codes } = this;
		const chains: string[] = new Array(this.agents).fill('');
		for (let index = 0; index < events.length; index++)
			chains[events[index]!.agent] += codes[index]!;
		return chains.join(SEPARATOR);
	}
}

/** No number of events: an execution has some thousand at most. */
const SEPARATOR = '\uffff';

const NONE: readonly number[] = [];

/** Number of events at the beginning that are the same. */
function equalBeginning(events: readonly Event[], others: readonly Event[]): number {
	const end = Math.min(events.length, others.length);
	let index = 0;
	while (index < end && sameEvent(events[index]!, others[index])) index++;
	return index;
}
