// SPDX-License-Identifier: MIT
/**
 * Reversible races: a step and an earlier event of another agent that depend on each other, with no event in between
 * that orders them, so that either could be next at one state. Source-DPOR reverses them; data races are among them.
 */
import { dependent, type Footprint, isEffectless, waitsFor } from './dependence';
import { join, type Trace } from './trace';

/** A step that an agent takes at an index of a trace; the event at that index may be another one. */
export interface Step {
	readonly index: number;
	readonly agent: number;
	readonly footprint: Footprint;
}

/**
 * Indexes of the events that race with a step, last first. Runs backwards once, with the clock of all that is ordered
 * before the step by then: an event within that clock happens before an event in between.
 */
export function races(trace: Trace, step: Step): readonly number[] {
	const { events, footprints, clocks, positions } = trace;
	const { index, agent, footprint } = step;
	if (isEffectless(footprint)) return NONE;
	let own = index - 1;
	while (own >= 0 && events[own]!.agent !== agent) own--;

	let found: number[] | undefined;
	const ordered = own < 0 ? new Array<number>(trace.agents).fill(0) : [...clocks[own]!];
	const { locks } = footprint;
	let held = locks !== undefined && isHeld(trace, index, locks);
	for (let first = index - 1; first >= 0; first--) {
		const other = footprints[first]!;
		// While another agent holds the mutex the step cannot be next: it races with the lock of that agent.
		if (locks !== undefined) {
			if (other.locks === locks) held = false;
			else if (other.unlocks === locks) held = true;
		}
		const otherAgent = events[first]!.agent;
		if (held || otherAgent === agent || !dependent(other, footprint)) continue;
		if (waitsFor(footprint, other)) continue;
		if (ordered[otherAgent]! < positions[first]!) {
			found ??= [];
			found.push(first);
		}
		join(ordered, clocks[first]!);
	}
	return found ?? NONE;
}

const NONE: readonly number[] = [];

/** True if an agent holds a mutex before an event. */
function isHeld({ footprints }: Trace, index: number, mutex: string): boolean {
	const last = footprints.findLast(
		({ locks, unlocks }, at) => at < index && (locks === mutex || unlocks === mutex),
	);
	return last?.locks === mutex;
}
