// SPDX-License-Identifier: MIT
/** One process of an adapter, and the requests that it has not answered yet. */
import { type ChildProcess, spawn } from 'node:child_process';
import type { Socket } from 'node:net';
import { NoAnswer } from '../implementation';
import { Group } from './group';
import { Lines } from './lines';
import { Log } from './log';
import { markedEnvironment } from './marked';
import { type Answer, parse } from './protocol';

interface Waiting {
	readonly seq: string;
	readonly timer: NodeJS.Timeout;
	resolve(answer: Answer): void;
	reject(error: NoAnswer): void;
}

/** Its process was killed, and not by us: that may say nothing about what it was asked. */
export class KilledError extends NoAnswer {}

/** Milliseconds in which a process that closed a pipe may turn out to have died. */
const SETTLE = 200;

let requests = 0;

export class Channel {
	readonly log = new Log();
	private readonly child: ChildProcess;
	private readonly group: Group | null = null;
	private readonly waiting: Waiting[] = [];
	/** Why there are no more answers. */
	private failure: NoAnswer | null = null;
	/** Was anybody told of the failure? */
	private told = false;
	private closing = false;

	constructor([program, ...args]: readonly string[]) {
		const { mark, env } = markedEnvironment();
		this.child = spawn(program!, args, { detached: true, stdio: 'pipe', shell: false, env });
		const { child } = this;
		const lines = new Lines(
			(line, last) => this.answer(line, last),
			(why) => this.fail('error', why),
		);
		child.stdout!.on('data', (chunk: Buffer) => this.failure || lines.add(chunk));
		child.stderr!.setEncoding('utf8').on('data', (text: string) => this.log.add(text));
		const later = (why: string) => setTimeout(() => this.fail('error', why), SETTLE).unref();
		child.stdout!.on('end', () => later('it closed its stdout'));
		child.stdin!.on('error', () => later('it closed its stdin'));
		child.on('error', (error: NodeJS.ErrnoException) =>
			this.fail('not-run', `cannot start ${program}: ${error.code ?? error.message}`),
		);
		const ended = () => {
			const { exitCode, signalCode } = child;
			const how = signalCode ? `died of ${signalCode}` : `exited with ${exitCode}`;
			const half = lines.pending > 0 ? ', in the middle of a line' : '';
			this.fail('crash', `the adapter ${how}${half}`);
			this.release();
		};
		// What it wrote before it ended may still be in the pipes, and who inherited them may keep them open.
		child.on('close', ended);
		child.on('exit', () => setTimeout(ended, SETTLE).unref());
		// Only requests, and the end, are waited for: an adapter that was not closed ends with this process.
		child.unref();
		for (const stream of [child.stdin, child.stdout, child.stderr]) (stream as Socket).unref();
		if (child.pid !== undefined)
			this.group = new Group(child as ChildProcess & { pid: number }, mark);
	}

	/** Its process; undefined when it could not be started. */
	get pid(): number | undefined {
		return this.child.pid;
	}

	/** Is it of no use any more, and was that said? */
	get spent(): boolean {
		return this.failure !== null && this.told;
	}

	get busy(): boolean {
		return this.waiting.length > 0;
	}

	/** Rejects with a NoAnswerError. Further requests may be made before the answer is there. */
	request(body: object, timeout: number, seq = `q${++requests}`): Promise<Answer> {
		this.write(`${JSON.stringify({ seq, ...body })}\n`);
		return this.expect(seq, timeout);
	}

	/** Waits for the answer to what was written. Rejects with a NoAnswerError. */
	expect(seq: string, timeout: number): Promise<Answer> {
		if (this.failure) {
			this.told = true;
			return Promise.reject(this.failure);
		}
		return new Promise((resolve, reject) => {
			const late = () => this.fail('timeout', `no answer within ${timeout} ms`);
			this.waiting.push({ seq, timer: setTimeout(late, timeout), resolve, reject });
		});
	}

	/** Writes bytes as they are. */
	write(bytes: string | Buffer): void {
		if (this.child.stdin!.writable) this.child.stdin!.write(bytes);
	}

	/** Lets it end by itself, for as long as that may take, then ends it. */
	async close(patience: number): Promise<{ code: number | null }> {
		this.closing = true;
		this.child.stdin!.end();
		const timer = setTimeout(() => this.group?.end(), patience);
		await this.group?.gone;
		clearTimeout(timer);
		this.fail('crash', 'it was closed');
		this.release();
		return { code: this.child.exitCode };
	}

	private answer(line: string, last: boolean): void {
		if (this.failure) return;
		const answer = parse(line);
		const [first] = this.waiting;
		if ('wrong' in answer) this.fail('error', answer.wrong);
		else if (!first) this.fail('error', 'it answers what nobody asked');
		else if (answer.seq !== first.seq)
			this.fail('error', `it answers "${answer.seq}" where "${first.seq}" is due`);
		else if (!last && this.waiting.length === 1)
			this.fail('error', 'it answers more than it was asked');
		else {
			this.waiting.shift();
			clearTimeout(first.timer);
			first.resolve(answer);
		}
	}

	private fail(verdict: NoAnswer['verdict'], why: string): void {
		if (this.failure) return;
		const killed = this.child.signalCode === 'SIGKILL' && !this.closing;
		const Failure = killed ? KilledError : NoAnswer;
		this.failure = new Failure(verdict, `${why}${this.log.quoted()}`);
		for (const { timer, reject } of this.waiting.splice(0)) {
			this.told = true;
			clearTimeout(timer);
			reject(this.failure);
		}
		if (!this.closing) this.group?.end();
	}

	/** Whoever inherited its pipes must not keep this process from ending. */
	private release(): void {
		for (const stream of [this.child.stdin, this.child.stdout, this.child.stderr])
			stream!.destroy();
	}
}
