// SPDX-License-Identifier: MIT
/**
 * Decides in worker processes, several cases at once. A worker that dies takes nothing with it: its case is asked
 * again of a new one, and only a case that kills one worker after the other is told to have crashed.
 */
import { join } from 'node:path';
import type { Implementation } from '../../implementations/implementation';
import type { Result } from '../../schema/types/report';
import type { Options } from '../decide/decide';
import { emptyResult } from '../decide/empty-result';
import type { Case } from '../library/compile';
import type { Decider } from '../run/decider';
import type { SentOptions } from './messages';
import { type Job, WorkerProcess } from './worker-process';

/** Workers that a case may take with it before it counts as the culprit. */
const LIVES = 5;
/** As many that were killed: that was somebody else, who may have meant the case, as the kernel out of memory does. */
const KILLS = 20;
/**
 * Milliseconds in which workers may be killed before any of them begins with a case. A time and no count: whoever kills
 * often gives a slow machine's workers many deaths that say nothing.
 */
const BARREN = 120_000;
/** Milliseconds past a vector's own limit after which a worker counts as stuck. */
const GRACE = 5_000;

export class Pool implements Decider {
	private readonly queue: Job[] = [];
	private readonly workers = new Set<WorkerProcess>();
	private closed = false;
	/** When there was progress last: a case asked for, or begun with. */
	private progressed = Date.now();

	/** options are those of every case; size is the number of workers, file what they run. */
	constructor(
		private readonly options: SentOptions,
		private readonly size: number,
		private readonly file = join(__dirname, 'worker'),
		private readonly grace = GRACE,
		private readonly barren = BARREN,
		private readonly explored?: Options['explored'],
	) {}

	decide(test: Case, { address }: Implementation, onStart: () => void): Promise<Result> {
		return new Promise((done) => {
			this.progressed = Date.now();
			const onProgress = (traces: number, executions: number) =>
				this.explored?.(test.id, address, traces, executions);
			this.queue.push({ test, address, onStart, onProgress, done, deaths: 0 });
			this.assign();
		});
	}

	async close(): Promise<void> {
		this.closed = true;
		for (const worker of this.workers) worker.kill();
	}

	private assign(): void {
		if (this.closed) return;
		for (const worker of this.workers) {
			if (this.queue.length === 0) return;
			if (!worker.job) this.ask(worker);
		}
		while (this.queue.length > 0 && this.workers.size < this.size) {
			const worker = new WorkerProcess(
				this.file,
				() => {
					this.progressed = Date.now();
				},
				() => this.assign(),
				(job, how) => this.lost(worker, job, how),
			);
			this.workers.add(worker);
			this.ask(worker);
		}
	}

	private ask(worker: WorkerProcess): void {
		worker.ask(this.queue.shift()!, this.options, this.options.timeout + this.grace);
	}

	private lost(worker: WorkerProcess, job: Job | null, how: string): void {
		this.workers.delete(worker);
		if (this.closed) return;
		if (job && worker.stuck)
			job.done(
				emptyResult(job.test, job.address, 'timeout', 'no answer in time; its worker was killed'),
			);
		else if (job && !worker.begun && (worker.gaveUp || Date.now() - this.progressed > this.barren))
			job.done(emptyResult(job.test, job.address, 'error', `its worker ${how} before it began`));
		else if (job && job.deaths >= (worker.killed ? KILLS : LIVES))
			job.done(
				emptyResult(job.test, job.address, 'crash', `its worker ${how}, ${job.deaths} times`),
			);
		else if (job) this.queue.unshift(job);
		this.assign();
	}
}
