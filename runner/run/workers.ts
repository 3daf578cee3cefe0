// SPDX-License-Identifier: MIT
/** Divides cases among the main thread and workers: each claims the next case when it has finished its last one. */
import { SHARE_ENV, Worker } from 'node:worker_threads';
import type { Case } from '../library/compile';
import { toPlain } from '../library/plain-case';
import { type Claims, claim, claimedBy, finish, finishAll, MAIN, unclaimed } from './claims';
import type { WorkerData, WorkerMessage } from './worker';

export interface Division<Content> {
	readonly cases: readonly Case[];
	/** Compiled file that calls decideClaimed(). */
	readonly file: string;
	/** Plain data for it. */
	readonly data: unknown;
	readonly workers: number;
	/** Receives what a worker found about a case. */
	onMessage(test: Case, content: Content): void;
	/** Called for a case whose worker ended before it finished the case. */
	onLost(test: Case, reason: string): void;
}

export class Workers<Content> {
	private readonly claims: Claims;
	private readonly started: Worker[] = [];
	private closed = false;
	/** Resolves when every worker has ended. */
	readonly finished: Promise<unknown>;

	constructor(private readonly division: Division<Content>) {
		const { cases, workers } = division;
		this.claims = unclaimed(cases.length);
		const plain = cases.map(toPlain);
		const ended: Promise<void>[] = [];
		for (let thread = MAIN + 1; thread <= MAIN + workers; thread++) {
			const first = claim(this.claims, thread);
			if (first === undefined) break;
			const { claims } = this;
			ended.push(this.start({ thread, first, claims, cases: plain, data: division.data }));
		}
		this.finished = Promise.all(ended);
	}

	/** Claims a case for the main thread; undefined if none is left. */
	claim(): Case | undefined {
		const index = claim(this.claims, MAIN);
		return index === undefined ? undefined : this.division.cases[index];
	}

	/** Ends the workers. Cases that they have not finished stay undecided. */
	async close(): Promise<void> {
		this.closed = true;
		finishAll(this.claims);
		await Promise.all(this.started.map((worker) => worker.terminate()));
	}

	/** Starts a worker; resolves when it has ended. */
	private start(data: WorkerData): Promise<void> {
		const { cases, file, onMessage } = this.division;
		const worker = new Worker(file, { workerData: data, env: SHARE_ENV });
		this.started.push(worker);
		let reason: string | undefined;
		worker.on('message', ({ index, content }: WorkerMessage<Content>) => {
			const test = cases[index];
			if (test && !this.closed) onMessage(test, content);
		});
		worker.on('error', (error: unknown) => {
			reason = error instanceof Error ? error.message : String(error);
		});
		return new Promise((resolve) => {
			worker.on('exit', (code) => {
				this.lose(data.thread, reason ?? `exit code ${code}`);
				resolve();
			});
		});
	}

	/** Reports the case that a worker had claimed when it ended; all of its messages have arrived. */
	private lose(thread: number, reason: string): void {
		const { cases, onLost } = this.division;
		for (const index of claimedBy(this.claims, thread)) {
			finish(this.claims, index);
			const test = cases[index];
			if (test && !this.closed)
				onLost(test, `its worker thread ended, run this id alone, without one: ${reason}`);
		}
	}
}
