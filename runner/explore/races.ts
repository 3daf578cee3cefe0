// SPDX-License-Identifier: MIT
/**
 * Reversible races: a step and an earlier event of another agent that depend on each other, with no event in between
 * that orders them, so that either could be next at one state. Source-DPOR reverses them; data races are among them.
 */
import { dependent, type Footprint, waitsFor } from './dependence';
import type { Trace } from './trace';

/** A step that an agent takes at an index of a trace; the event at that index may be another one. */
export interface Step {
	readonly index: number;
	readonly agent: number;
	readonly footprint: Footprint;
}

/** Passes the index of each event that races with a step to found. */
export function races(trace: Trace, step: Step, found: (first: number) => void): void {
	const { events, footprints } = trace;
	const { index, agent, footprint } = step;
	let own = index - 1;
	while (own >= 0 && events[own]?.agent !== agent) own--;

	const between: number[] = own < 0 ? [] : [own];
	let held = footprint.locks !== undefined && isHeld(trace, index, footprint.locks);
	for (let first = index - 1; first >= 0; first--) {
		const other = footprints[first];
		if (!other) continue;
		// While another agent holds the mutex the step cannot be next: it races with the lock of that agent.
		if (footprint.locks !== undefined) {
			if (other.locks === footprint.locks) held = false;
			else if (other.unlocks === footprint.locks) held = true;
		}
		if (held || events[first]?.agent === agent || !dependent(other, footprint)) continue;
		if (waitsFor(footprint, other)) continue;
		if (!between.some((middle) => first < middle && trace.before(first, middle))) found(first);
		between.push(first);
	}
}

/** True if an agent holds a mutex before an event. */
function isHeld({ footprints }: Trace, index: number, mutex: string): boolean {
	const last = footprints.findLast(
		({ locks, unlocks }, at) => at < index && (locks === mutex || unlocks === mutex),
	);
	return last?.locks === mutex;
}
