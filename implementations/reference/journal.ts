// SPDX-License-Identifier: MIT
/** Record of an execution in progress. */
import type { FaultName } from '../../schema/types/common';
import type { Event, Execution } from '../../schema/types/execution';
import type { Stop } from './stop';

/** Numbers of entries at a moment. */
export type Mark = readonly [results: number, warnings: number, callbacks: number, faults: number];

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

	/** Records the warnings and the fault of a thread on its way to a stop. */
	stop({ warnings, fault }: Stop, agent: number): void {
		if (warnings.length > 0)
			for (const where of warnings)
				this.warnings.push({ function: where, agent, event: this.last });
		if (fault !== null) this.fault(fault, agent);
	}

	mark(): Mark {
		const { results, warnings, callbacks, faults } = this;
		return [results.length, warnings.length, callbacks.length, faults.length];
	}

	/** Forgets the entries since an event, and the event. */
	rewind(event: number, [results, warnings, callbacks, faults]: Mark): void {
		this.events.length = event;
		this.results.length = results;
		this.warnings.length = warnings;
		this.callbacks.length = callbacks;
		this.faults.length = faults;
	}
}
