// SPDX-License-Identifier: MIT
/**
 * Reversible races: a step and an earlier event of another agent that depend on each other, with no event in between
 * that orders them, so that either could be next at one state. Source-DPOR reverses them; data races are among them. A
 * Trace has those of its events.
 */
import type { Event } from '../../schema/types/execution';
import { type Clock, join } from './clock';
import { dependent, type Footprint } from './footprint';

/** The part of a trace that is known before an event. */
interface Known {
	readonly agents: number;
	readonly events: readonly Event[];
	readonly footprints: readonly Footprint[];
	readonly clocks: readonly Clock[];
	readonly positions: readonly number[];
}

/**
 * Indexes of the events that race with a lock of a mutex by an agent at an index, last first; the event at that index may
 * be another one. While another agent holds the mutex the lock cannot be next: it races with the lock of that agent.
 */
export function racesOfLock(
	trace: Known,
	index: number,
	agent: number,
	footprint: Footprint,
): readonly number[] {
	const { events, footprints, clocks, positions } = trace;
	let own = index - 1;
	while (own >= 0 && events[own]!.agent !== agent) own--;

	const found: number[] = [];
	const { locks } = footprint;
	const ordered = own < 0 ? new Array<number>(trace.agents).fill(0) : clocks[own]!.slice();
	let held = isHeld(footprints, index, locks);
	for (let first = index - 1; first >= 0; first--) {
		const other = footprints[first]!;
		if (other.locks === locks) held = false;
		else if (other.unlocks === locks) held = true;
		const otherAgent = events[first]!.agent;
		if (held || otherAgent === agent || !dependent(other, footprint)) continue;
		if (ordered[otherAgent]! < positions[first]!) found.push(first);
		join(ordered, clocks[first]!);
	}
	return found;
}

/** True if an agent holds a mutex before an event. */
function isHeld(
	footprints: readonly Footprint[],
	index: number,
	mutex: string | undefined,
): boolean {
	for (let earlier = index - 1; earlier >= 0; earlier--) {
		const { locks, unlocks } = footprints[earlier]!;
		if (locks === mutex) return true;
		if (unlocks === mutex) return false;
	}
	return false;
}
