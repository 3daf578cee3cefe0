// SPDX-License-Identifier: MIT
/** A worker as its pool sees it: a process with one job at a time, and how it ended. */
import { type ChildProcess, fork } from 'node:child_process';
import type { Result } from '../../schema/types/report';
import type { Case } from '../library/compile';
import type { Answer, Question, SentOptions } from './messages';

/** Megabytes of a worker's heap. */
const HEAP = 1_024;

export interface Job {
	readonly test: Case;
	readonly address: string;
	onStart(): void;
	onProgress(traces: number, executions: number): void;
	done(result: Result): void;
	deaths: number;
}

export class WorkerProcess {
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
