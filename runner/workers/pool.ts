// SPDX-License-Identifier: MIT
/**
 * Decides in worker processes, several cases at once. A worker that dies takes nothing with it: its case is asked
 * again of a new one, and only a case that kills one worker after the other is told to have crashed.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import type { Implementation } from '../../implementations/implementation';
import type { Result } from '../../schema/types/report';
import { undecided } from '../undecided';
import type { Case } from '../vector/compile';
import type { Decider } from './decider';
import type { Answer, Question, SentOptions } from './messages';

/** Workers that a case may take with it before it counts as the culprit. */
const LIVES = 5;
/** Workers that may be killed one after the other before they begin with a case. */
const UNBORN = 20;
/** Milliseconds past a vector's own limit after which a worker counts as stuck. */
const GRACE = 5_000;
/** Megabytes of a worker's heap. */
const HEAP = 1_024;

interface Job {
	readonly test: Case;
	readonly address: string;
	onStart(): void;
	done(result: Result): void;
	deaths: number;
	/** Workers that died before they began with it. */
	unborn: number;
}

export class Pool implements Decider {
	private readonly queue: Job[] = [];
	private readonly workers = new Set<Worker>();
	private closed = false;

	/** options are those of every case; size is the number of workers, file what they run. */
	constructor(
		private readonly options: SentOptions,
		private readonly size: number,
		private readonly file = join(__dirname, 'worker'),
		private readonly grace = GRACE,
	) {}

	decide(test: Case, { address }: Implementation, onStart: () => void): Promise<Result> {
		return new Promise((done) => {
			this.queue.push({ test, address, onStart, done, deaths: 0, unborn: 0 });
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
		else if (job && !worker.begun && (worker.gaveUp || ++job.unborn === UNBORN))
			job.done(undecided(job.test, job.address, 'error', `its worker ${how} before it began`));
		else if (job && job.deaths === LIVES)
			job.done(undecided(job.test, job.address, 'crash', `its worker ${how}, ${LIVES} times`));
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
	private timer: NodeJS.Timeout | undefined;
	private timeout = 0;

	constructor(file: string, idle: () => void, lost: (job: Job | null, how: string) => void) {
		this.process = fork(file, [], {
			execArgv: [...process.execArgv, `--max-old-space-size=${HEAP}`],
			stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
		});
		this.process.on('message', (answer: Answer) => {
			if ('started' in answer) this.started();
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
		job.onStart();
		this.timer = setTimeout(() => {
			this.stuck = true;
			this.kill();
		}, this.timeout);
	}
}
