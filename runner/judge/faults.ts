// SPDX-License-Identifier: MIT
/** The faults of an execution: those that the implementation reported, and double fetches. */
import type { FaultName } from '../../schema/types/common';
import type { Event, Execution } from '../../schema/types/execution';

export interface Fault {
	readonly fault: FaultName;
	readonly where: string;
}

export function faultsOf(execution: Execution): Fault[] {
	const reported = execution.faults.map(({ fault, agent, event }) => {
		const last = execution.events[event];
		const waits = execution.blocked.map(
			({ agent, op, object }) => `${execution.agents[agent]} waits in ${op} of ${object}`,
		);
		const where =
			agent === null
				? waits.join(', ') || 'no end'
				: `${last?.function ?? 'start'}() of ${execution.agents[agent]}`;
		return { fault, where };
	});
	return [...reported, ...doubleFetches(execution)];
}

/** One call read a field twice and saw two values: what it tested is not what it used. */
function* doubleFetches({ events, agents }: Execution): Generator<Fault> {
	const reads = events.filter(({ op }) => op === 'read');
	for (const [index, event] of reads.entries()) {
		const earlier = reads.slice(0, index).findLast((other) => isSameRead(other, event));
		if (earlier && earlier.old !== event.old)
			yield {
				fault: 'double-fetch',
				where: `${event.function}() of ${agents[event.agent]} saw ${event.object} as ${earlier.old}, then as ${event.old}`,
			};
	}
}

function isSameRead(a: Event, b: Event): boolean {
	return (
		a.agent === b.agent && a.site === b.site && a.function === b.function && a.object === b.object
	);
}
