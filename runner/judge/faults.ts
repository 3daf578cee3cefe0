// SPDX-License-Identifier: MIT
/** Lists the faults of an execution: those that the implementation reported, and double fetches. */
import type { FaultName } from '../../schema/types/common';
import type { Event, Execution } from '../../schema/types/execution';
import { isCallback } from '../library/observation';

export interface Fault {
	readonly fault: FaultName;
	/** The function and agent, or the waits of a deadlock. */
	readonly where: string;
}

export function faultsOf(execution: Execution): Fault[] {
	const reported = execution.faults.map(({ fault, agent, event, call }) => {
		const last = execution.events[event];
		const waits = execution.blocked.map(
			({ agent, op, object }) => `${execution.agents[agent]} waits in ${op} of ${object}`,
		);
		const where =
			agent === null
				? waits.join(', ') || 'no end'
				: `${last?.function ?? 'start'}() of ${execution.agents[agent]}${call ? ` calls ${call}` : ''}`;
		return { fault, where };
	});
	return [...reported, ...doubleFetches(execution)];
}

/**
 * Finds calls one function of which read a field twice and saw two values. Reads in inlined functions do not count: two
 * functions of the source may read the field once each.
 */
function* doubleFetches({ events, agents }: Execution): Generator<Fault> {
	for (let index = 0; index < events.length; index++) {
		const event = events[index] as Event;
		if (event.op !== 'read' || event.inlined) continue;
		const earlier = earlierRead(events, index);
		if (!earlier || earlier.old === event.old) continue;
		const { agent, function: name, object, old } = event;
		yield {
			fault: 'double-fetch',
			where: `${name}() of ${agents[agent]} saw ${object} as ${earlier.old}, then as ${old}`,
		};
	}
}

/** The read of the same field before a read, by the same function of the same call. */
function earlierRead(events: readonly Event[], index: number): Event | undefined {
	const { agent, site, function: name, object } = events[index] as Event;
	for (let at = index - 1; at >= 0; at--) {
		const event = events[at] as Event;
		if (event.agent !== agent || event.site !== site) continue;
		// A callback that runs again makes its calls again.
		if (event.op === 'call' && !isCallback(event)) return undefined;
		if (event.op === 'read' && !event.inlined && event.object === object && event.function === name)
			return event;
	}
	return undefined;
}
