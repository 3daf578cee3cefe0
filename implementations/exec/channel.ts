// SPDX-License-Identifier: MIT
/** One process of an adapter, and the requests that it has not answered. */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import type { Socket } from 'node:net';
import { NoAnswer } from '../implementation';
import type { Command } from './command';
import { Group } from './group';
import { Lines } from './lines';
import { Log } from './log';
import { type Answer, parse } from './protocol';

interface Waiting {
	readonly seq: string;
	readonly timer: NodeJS.Timeout;
	resolve(answer: Answer): void;
	reject(error: NoAnswer): void;
}

/**
 * Time for a process that closed a pipe to exit: one that is killed closes its pipes first, and on a busy machine its
 * exit was seen more than 200 ms later.
 */
const EXIT_MS = 2_000;
/** Time for output to arrive after the exit of its process. */
const OUTPUT_MS = 200;

let requests = 0;

export class Channel {
	readonly log = new Log();
	private readonly child: ChildProcessWithoutNullStreams;
	private readonly group: Group | null;
	private readonly waiting: Waiting[] = [];
	/** The error of every further request. */
	private failure: NoAnswer | null = null;
	/** True once a request was rejected with the failure. */
	private reported = false;
	private closing = false;

	/** Starts the adapter in a process group of its own. */
	constructor(command: Command) {
		const [program, ...args] = command;
		this.child = spawn(program, args, { detached: true, stdio: 'pipe', shell: false });
		const { child } = this;
		const { pid } = child;
		this.group = pid === undefined ? null : new Group(child, pid);
		child.on('error', (error: NodeJS.ErrnoException) =>
			this.fail('not-run', `cannot start ${program}: ${error.code ?? error.message}`),
		);
		this.listen();
		// Only a pending request or close() keeps this process alive; the exit of this process ends the adapter.
		child.unref();
		for (const stream of [child.stdin, child.stdout, child.stderr]) (stream as Socket).unref();
	}

	/** True once the failure was reported to a caller: the next request needs another channel. */
	get spent(): boolean {
		return this.failure !== null && this.reported;
	}

	get busy(): boolean {
		return this.waiting.length > 0;
	}

	/** Sends a request. Further requests may follow before its answer. Rejects with NoAnswer. */
	request(body: object, timeoutMs: number, seq = `q${++requests}`): Promise<Answer> {
		this.write(`${JSON.stringify({ seq, ...body })}\n`);
		return this.expect(seq, timeoutMs);
	}

	/** Waits for the answer to bytes that were written. Rejects with NoAnswer. */
	expect(seq: string, timeoutMs: number): Promise<Answer> {
		if (this.failure) {
			this.reported = true;
			return Promise.reject(this.failure);
		}
		return new Promise((resolve, reject) => {
			const late = () => this.fail('timeout', `no answer within ${timeoutMs} ms`);
			this.waiting.push({ seq, timer: setTimeout(late, timeoutMs), resolve, reject });
		});
	}

	/** Writes bytes as they are. */
	write(bytes: string | Buffer): void {
		if (this.child.stdin.writable) this.child.stdin.write(bytes);
	}

	/** Closes stdin, and ends the adapter if it has not exited after exitTimeoutMs. */
	async close(exitTimeoutMs: number): Promise<{ code: number | null }> {
		this.closing = true;
		this.child.stdin.end();
		const timer = setTimeout(() => this.group?.end(), exitTimeoutMs);
		await this.group?.ended;
		clearTimeout(timer);
		this.fail('not-run', 'the adapter was closed');
		this.destroyPipes();
		return { code: this.child.exitCode };
	}

	private listen(): void {
		const { child } = this;
		const lines = new Lines(
			(line, last) => this.answer(line, last),
			(why) => this.fail('error', why),
		);
		child.stdout.on('data', (chunk: Buffer) => this.failure || lines.add(chunk));
		child.stderr.setEncoding('utf8').on('data', (text: string) => this.log.add(text));
		const later = (why: string) => setTimeout(() => this.fail('error', why), EXIT_MS).unref();
		child.stdout.on('end', () => later('the adapter closed its stdout'));
		child.stdin.on('error', () => later('the adapter closed its stdin'));
		const ended = () => {
			const { exitCode, signalCode } = child;
			const how = signalCode ? `died of ${signalCode}` : `exited with ${exitCode}`;
			const half = lines.pending > 0 ? ', in the middle of a line' : '';
			this.fail('crash', `the adapter ${how}${half}`);
			this.destroyPipes();
		};
		child.on('close', ended);
		// A child of the adapter may keep the pipes open, so that 'close' never comes.
		child.on('exit', () => setTimeout(ended, OUTPUT_MS).unref());
	}

	private answer(line: string, last: boolean): void {
		if (this.failure) return;
		const answer = parse(line);
		const [first] = this.waiting;
		if ('wrong' in answer) this.fail('error', answer.wrong);
		else if (!first) this.fail('error', 'the adapter answers without a request');
		else if (answer.seq !== first.seq)
			this.fail('error', `the adapter answers "${answer.seq}" where "${first.seq}" is due`);
		else if (!last && this.waiting.length === 1)
			this.fail('error', 'the adapter answers one request more than once');
		else {
			this.waiting.shift();
			clearTimeout(first.timer);
			first.resolve(answer);
		}
	}

	private fail(verdict: NoAnswer['verdict'], why: string): void {
		if (this.failure) return;
		// The end of an adapter that was closed is not a crash: its request is abandoned, not repeated.
		this.failure = this.closing
			? new NoAnswer('not-run', 'the adapter was closed')
			: new NoAnswer(verdict, `${why}${this.log.quoted()}`);
		for (const { timer, reject } of this.waiting.splice(0)) {
			this.reported = true;
			clearTimeout(timer);
			reject(this.failure);
		}
		if (!this.closing) this.group?.end();
	}

	/** Closes the pipes, which a child of the adapter may hold open, so that this process can exit. */
	private destroyPipes(): void {
		for (const stream of [this.child.stdin, this.child.stdout, this.child.stderr]) stream.destroy();
	}
}
