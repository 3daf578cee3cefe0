// SPDX-License-Identifier: MIT
/**
 * Decides in worker processes, several cases at once. A worker that dies takes nothing with it: its case is asked
 * again of a new one, and only a case that kills one worker after the other is told to have crashed.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import type { Implementation } from '../../implementations/implementation';
import type { Result } from '../../schema/types/report';
import type { Options } from '../decide';
import { undecided } from '../undecided';
import type { Case } from '../vector/compile';
import type { Decider } from './decider';
import type { Answer, Question, SentOptions } from './messages';

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
/** Megabytes of a worker's heap. */
const HEAP = 1_024;

interface Job {
	readonly test: Case;
	readonly address: string;
	onStart(): void;
	onProgress(traces: number, executions: number): void;
	done(result: Result): void;
	deaths: number;
}

export class Pool implements Decider {
	private readonly queue: Job[] = [];
	private readonly workers = new Set<Worker>();
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
			const worker = new Worker(
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

	private ask(worker: Worker): void {
		worker.ask(this.queue.shift()!, this.options, this.options.timeout + this.grace);
	}

	private lost(worker: Worker, job: Job | null, how: string): void {
		this.workers.delete(worker);
		if (this.closed) return;
		if (job && worker.stuck)
			job.done(
				undecided(job.test, job.address, 'timeout', 'no answer in time; its worker was killed'),
			);
		else if (job && !worker.begun && (worker.gaveUp || Date.now() - this.progressed > this.barren))
			job.done(undecided(job.test, job.address, 'error', `its worker ${how} before it began`));
		else if (job && job.deaths >= (worker.killed ? KILLS : LIVES))
			job.done(undecided(job.test, job.address, 'crash', `its worker ${how}, ${job.deaths} times`));
		else if (job) this.queue.unshift(job);
		this.assign();
	}
}

class Worker {
	readonly process: ChildProcess;
	job: Job | null = null;
	stuck = false;
	/** Did it begin with its job? */
	begun = false;
	/** Did it end by itself? */
	gaveUp = false;
	/** Did somebody kill it? Nothing that it does itself ends so. */
	killed = false;
	private timer: NodeJS.Timeout | undefined;
	private timeout = 0;

	constructor(
		file: string,
		private readonly begins: () => void,
		idle: () => void,
		lost: (job: Job | null, how: string) => void,
	) {
		this.process = fork(file, [], {
			execArgv: [...process.execArgv, `--max-old-space-size=${HEAP}`],
			stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
		});
		this.process.on('message', (answer: Answer) => {
			if ('started' in answer) this.started();
			else if ('traces' in answer) this.job?.onProgress(answer.traces, answer.executions);
			else {
				clearTimeout(this.timer);
				const { job } = this;
				this.job = null;
				job?.done(answer.result);
				idle();
			}
		});
		this.process.on('error', () => {});
		this.process.on('exit', (code, signal) => {
			clearTimeout(this.timer);
			this.gaveUp = signal === null;
			this.killed = signal === 'SIGKILL';
			lost(this.job, signal ? `died of ${signal}` : `exited with ${code}`);
		});
	}

	/** limit: milliseconds from when it begins. */
	ask(job: Job, options: SentOptions, limit: number): void {
		this.job = job;
		this.begun = false;
		this.timeout = limit;
		const { test, address } = job;
		const question: Question = { id: test.id, fingerprint: test.fingerprint, address, options };
		// It may have died just now: its exit is told of, and the job goes to another.
		this.process.send(question, () => {});
	}

	kill(): void {
		this.process.kill('SIGKILL');
	}

	private started(): void {
		const { job } = this;
		if (!job) return;
		// A worker that dies while it loads says nothing about the case.
		job.deaths++;
		this.begun = true;
		this.begins();
		job.onStart();
		this.timer = setTimeout(() => {
			this.stuck = true;
			this.kill();
		}, this.timeout);
	}
}
