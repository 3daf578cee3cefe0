// SPDX-License-Identifier: MIT
/** Process groups of adapters: a group ends with its adapter, and every group ends with this process. */
import type { ChildProcess } from 'node:child_process';

/** Milliseconds from SIGTERM to SIGKILL. */
const GRACE_MS = 2_000;

/** Process ids of adapters that run. Each is also the id of the adapter's group. */
const running = new Set<number>();

export class Group {
	/** Fulfilled once the adapter has ended and its group was killed. */
	readonly ended: Promise<void>;

	/** Takes an adapter that leads a group of its own (spawned with detached). */
	constructor(
		private readonly adapter: ChildProcess,
		private readonly pid: number,
	) {
		endGroupsAtExit();
		running.add(pid);
		this.ended = new Promise((resolve) =>
			adapter.once('exit', () => {
				// A group keeps its id until its last process ends, so the signal cannot reach another group.
				signal(pid, 'SIGKILL');
				running.delete(pid);
				resolve();
			}),
		);
	}

	/** Sends SIGTERM to the group, and SIGKILL when the adapter does not end. */
	async end(): Promise<void> {
		if (this.adapter.exitCode !== null || this.adapter.signalCode !== null) return this.ended;
		signal(this.pid, 'SIGTERM');
		const timer = setTimeout(() => signal(this.pid, 'SIGKILL'), GRACE_MS);
		await this.ended;
		clearTimeout(timer);
	}
}

function signal(group: number, name: NodeJS.Signals): void {
	try {
		process.kill(-group, name);
	} catch {
		// The last process of the group has ended.
	}
}

function killGroups(): void {
	for (const group of running) signal(group, 'SIGKILL');
}

let listening = false;

/** Kills every group when this process exits, and on signals that end it. */
function endGroupsAtExit(): void {
	if (listening) return;
	listening = true;
	process.on('exit', killGroups);
	for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
		const handle = () => {
			killGroups();
			// Another listener decides whether this process ends.
			if (process.listenerCount(name) > 1) return;
			process.removeListener(name, handle);
			process.kill(process.pid, name);
		};
		process.on(name, handle);
	}
}
