// SPDX-License-Identifier: MIT
/** Process groups of adapters: whatever an adapter starts ends with it, and all of them with this process. */
import type { ChildProcess } from 'node:child_process';
import { killMarked, ownMarks } from './marked';
import { watch } from './watchdog';

/** Milliseconds between the request to end and the end. */
const GRACE = 2_000;

/** Groups that may have a process. */
const groups = new Set<number>();

export class Group {
	private readonly leader: number;
	/** Fulfilled when the leader is gone and nobody is left behind it. */
	readonly gone: Promise<void>;

	/** child was started as the leader of a group of its own (detached), with a mark in its environment. */
	constructor(
		private readonly child: ChildProcess & { pid: number },
		mark: string,
	) {
		this.leader = child.pid;
		watchTheEnd();
		groups.add(this.leader);
		watch('+', this.leader);
		this.gone = new Promise((resolve) =>
			child.once('exit', () => {
				// Its number stays taken for as long as somebody is in the group, so nobody else is hit.
				signal(this.leader, 'SIGKILL');
				killMarked(mark);
				groups.delete(this.leader);
				watch('-', this.leader);
				resolve();
			}),
		);
	}

	/** Asks everybody to end, and ends who does not. */
	async end(): Promise<void> {
		if (this.child.exitCode !== null || this.child.signalCode !== null) return this.gone;
		signal(this.leader, 'SIGTERM');
		const timer = setTimeout(() => signal(this.leader, 'SIGKILL'), GRACE);
		await this.gone;
		clearTimeout(timer);
	}
}

function signal(group: number, name: NodeJS.Signals): void {
	try {
		process.kill(-group, name);
	} catch {
		// Nobody is left.
	}
}

function endAll(): void {
	if (groups.size === 0) return;
	for (const group of groups) signal(group, 'SIGKILL');
	killMarked(ownMarks);
}

let watching = false;

function watchTheEnd(): void {
	if (watching) return;
	watching = true;
	process.on('exit', endAll);
	for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
		const last = () => {
			endAll();
			// Who asked to be told of it decides what becomes of this process.
			if (process.listenerCount(name) > 1) return;
			process.removeListener(name, last);
			process.kill(process.pid, name);
		};
		process.on(name, last);
	}
}
