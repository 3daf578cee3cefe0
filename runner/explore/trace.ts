// SPDX-License-Identifier: MIT
/** Happens-before in one execution, and the Mazurkiewicz trace that it belongs to. */
import type { Event, Execution } from '../../schema/types/execution';
import { type Dependence, dependent, type Footprint } from './dependence';

export class Trace {
	readonly footprints: readonly Footprint[];
	/** For each event its vector clock: how many events of each agent happen before it or are it. */
	readonly clocks: number[][] = [];
	/** For each event its number within its agent, from 1. */
	readonly positions: number[] = [];

	readonly events: readonly Event[];
	/** Number of agents. */
	readonly agents: number;

	constructor(
		readonly execution: Execution,
		dependence: Dependence,
	) {
		const { events, agents } = execution;
		this.events = events;
		this.agents = agents.length;
		this.footprints = dependence.footprints(events);
		const last: number[] = new Array(this.agents).fill(-1);
		events.forEach((event, index) => {
			const footprint = this.footprints[index]!;
			const own = last[event.agent]!;
			const clock = own < 0 ? new Array(this.agents).fill(0) : [...this.clocks[own]!];
			for (let earlier = index - 1; earlier >= 0; earlier--) {
				const { agent } = events[earlier]!;
				if (clock[agent]! >= this.positions[earlier]!) continue;
				if (dependent(this.footprints[earlier]!, footprint)) join(clock, this.clocks[earlier]!);
			}
			const position = (own < 0 ? 0 : this.positions[own]!) + 1;
			clock[event.agent] = position;
			last[event.agent] = index;
			this.clocks.push(clock);
			this.positions.push(position);
		});
	}

	/** Does event a happen before event b (a < b)? */
	before(a: number, b: number): boolean {
		return this.clocks[b]![this.events[a]!.agent]! >= this.positions[a]!;
	}

	/** The same for every linearisation of the same partial order, and for no other. */
	key(): string {
		const chains: string[] = new Array(this.agents).fill('');
		this.events.forEach(({ agent }, index) => {
			chains[agent] += `${this.clocks[index]!.join(',')};`;
		});
		return chains.join('|');
	}
}

function join(clock: number[], other: readonly number[]): void {
	for (let agent = 0; agent < clock.length; agent++)
		if (other[agent]! > clock[agent]!) clock[agent] = other[agent]!;
}
