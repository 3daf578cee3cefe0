// SPDX-License-Identifier: MIT
/** How far a run is, in one line: what is done, what is going on, what is left. */

/** Somebody who works on one result. */
interface Running {
	readonly what: string;
	traces: number;
	executions: number;
}

export class Status {
	private readonly running = new Map<string, Running>();
	private done = 0;

	constructor(private readonly total: number) {}

	begin(id: string, address: string): void {
		this.running.set(key(id, address), { what: `${id} on ${address}`, traces: 0, executions: 0 });
	}

	explored(id: string, address: string, traces: number, executions: number): void {
		const found = this.running.get(key(id, address));
		if (found) Object.assign(found, { traces, executions });
	}

	end(id: string, address: string): void {
		this.running.delete(key(id, address));
		this.done++;
	}

	/** Of several that are going on, the one that began first is shown: it is what one waits for. */
	text(): string {
		const { size } = this.running;
		const left = Math.max(0, this.total - this.done - size);
		const counts = `${this.done} of ${this.total} done, ${size} running, ${left} left`;
		const [first] = this.running.values();
		if (!first) return counts;
		const { what, traces, executions } = first;
		const much = executions === 0 ? '' : `, ${traces} traces, ${executions} executions`;
		return `${counts}: ${what}${much}`;
	}
}

const key = (id: string, address: string): string => JSON.stringify([id, address]);
