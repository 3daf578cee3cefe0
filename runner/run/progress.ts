// SPDX-License-Identifier: MIT
/** Progress of a run as one line: cases done, running and left. */

/** A case that is being decided on an implementation. */
interface Running {
	readonly name: string;
	traces: number;
	executions: number;
}

export class Status {
	private readonly running = new Map<string, Running>();
	private done = 0;

	constructor(private readonly total: number) {}

	begin(id: string, address: string): void {
		this.running.set(key(id, address), { name: `${id} on ${address}`, traces: 0, executions: 0 });
	}

	explored(id: string, address: string, traces: number, executions: number): void {
		const found = this.running.get(key(id, address));
		if (found) Object.assign(found, { traces, executions });
	}

	end(id: string, address: string): void {
		this.running.delete(key(id, address));
		this.done++;
	}

	/** Returns the line. It names the running case that began first, because the next result waits for that case. */
	text(): string {
		const { size } = this.running;
		const left = Math.max(0, this.total - this.done - size);
		const counts = `${this.done} of ${this.total} done, ${size} running, ${left} left`;
		const [first] = this.running.values();
		if (!first) return counts;
		const { name, traces, executions } = first;
		const explored = executions === 0 ? '' : `, ${traces} traces, ${executions} executions`;
		return `${counts}: ${name}${explored}`;
	}
}

const key = (id: string, address: string): string => JSON.stringify([id, address]);
