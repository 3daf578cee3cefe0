// SPDX-License-Identifier: MIT
/** Record of an execution in progress. */
import type { FaultName } from '../../schema/types/common';
import type { Event, Execution } from '../../schema/types/execution';

export class Journal {
	readonly events: Event[] = [];
	readonly results: Execution['results'] = [];
	readonly warnings: Execution['warnings'] = [];
	readonly callbacks: Execution['callbacks'] = [];
	readonly faults: Execution['faults'] = [];

	/** Index of the last event; -1 before the first. */
	get last(): number {
		return this.events.length - 1;
	}

	/** @param agent  null for a fault of several threads, such as a deadlock */
	fault(fault: FaultName, agent: number | null): void {
		this.faults.push({ fault, agent, event: this.last });
	}
}
