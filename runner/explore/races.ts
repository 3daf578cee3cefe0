// SPDX-License-Identifier: MIT
/**
 * Reversible races: a step and an earlier event of another agent that depend on each other with nothing in between
 * that orders them, so that either could be next at one state. Source-DPOR reverses them; data races are among them.
 */
import { dependent, type Footprint } from './dependence';
import type { Trace } from './trace';

/** Gives the events that race with an agent's step at an index. The step need not be the event that is there. */
export function races(
	trace: Trace,
	index: number,
	agent: number,
	footprint: Footprint,
	found: (first: number) => void,
): void {
	const { events } = trace;
	let own = index - 1;
	while (own >= 0 && events[own]!.agent !== agent) own--;

	const between: number[] = own < 0 ? [] : [own];
	for (let first = index - 1; first >= 0; first--) {
		if (events[first]!.agent === agent) continue;
		if (!dependent(trace.footprints[first]!, footprint)) continue;
		// What the step had to wait for cannot come after it. (Taking the mutex can: that race is found further back.)
		if (events[first]!.op === 'unlock' || events[first]!.op === 'srcu-unlock') continue;
		if (!between.some((middle) => first < middle && trace.before(first, middle))) found(first);
		between.push(first);
	}
}
