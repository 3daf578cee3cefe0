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
	const calls = new Map<string, Map<string, Event>>();
	for (const event of events) {
		const { agent, op, site, function: name, object, old } = event;
		const call = `${agent} ${site}`;
		// A callback that runs again makes its calls again.
		if (op === 'call' && !isCallback(event)) calls.delete(call);
		if (op !== 'read' || event.inlined) continue;
		const reads = calls.get(call) ?? new Map<string, Event>();
		const earlier = reads.get(`${name} ${object}`);
		if (earlier && earlier.old !== old)
			yield {
				fault: 'double-fetch',
				where: `${name}() of ${agents[agent]} saw ${object} as ${earlier.old}, then as ${old}`,
			};
		calls.set(call, reads.set(`${name} ${object}`, event));
	}
}
