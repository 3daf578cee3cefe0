// SPDX-License-Identifier: MIT
/** The connection to the module: requests and answers as lines. */
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { NoAnswer } from '../implementation';
import { type Destination, ssh } from './ssh';

/** Connects both directions of the device file with stdin and stdout, using nothing but a POSIX shell. */
const PUMP = 'exec 3<>/dev/dax-vectors || exit; cat <&3 & cat >&3; kill $!';

/** Milliseconds without an answer after which the connection counts as lost. */
const SILENCE_LIMIT = 15_000;

/** The connection ended, or the module stopped answering. */
export class ConnectionLost extends NoAnswer {
	/** silent: the module did not answer in time, and nothing says that its kernel has ended. */
	constructor(
		reason: string,
		readonly silent = false,
	) {
		super('crash', `the connection to the kernel is lost (${reason})`);
	}
}

interface Waiting {
	readonly resolve: (lines: string[]) => void;
	readonly reject: (error: Error) => void;
}

/** Last lines of answers. */
const ENDS = /^(end|ready|hello .*|error .*)$/;

export class Channel {
	private readonly child: ChildProcessWithoutNullStreams;
	private readonly waiting: Waiting[] = [];
	private answer: string[] = [];
	private partial = '';
	private said = '';
	private lost: ConnectionLost | null = null;
	private timer: NodeJS.Timeout | undefined;

	constructor(to: Destination) {
		this.child = ssh(to, PUMP);
		process.once('exit', this.kill);
		this.child.stdout.setEncoding('latin1').on('data', (text: string) => this.take(text));
		this.child.stderr.setEncoding('utf8').on('data', (text: string) => {
			this.said += text;
		});
		this.child.stdin.on('error', () => {});
		this.child.once('error', (error) => this.lose(error.message));
		this.child.once('close', () => this.lose(this.said.trim() || 'ssh ended'));
	}

	/**
	 * Sends lines and resolves with the given number of answers, each an array of lines. Rejects when the connection is
	 * lost.
	 */
	ask(lines: readonly string[], answers: number): Promise<string[][]> {
		if (this.lost) return Promise.reject(this.lost);
		const all = Array.from(
			{ length: answers },
			() =>
				new Promise<string[]>((resolve, reject) => {
					this.waiting.push({ resolve, reject });
				}),
		);
		this.child.stdin.write(lines.map((line) => `${line}\n`).join(''));
		this.watch();
		return Promise.all(all);
	}

	/** Set once the connection is lost. */
	get error(): ConnectionLost | null {
		return this.lost;
	}

	close(): void {
		this.lose('closed');
	}

	private readonly kill = () => void this.child.kill('SIGKILL');

	private take(text: string): void {
		const lines = (this.partial + text).split('\n');
		this.partial = lines.pop()!;
		for (const line of lines) {
			if (line !== 'end') this.answer.push(line);
			if (!ENDS.test(line)) continue;
			this.waiting.shift()?.resolve(this.answer);
			this.answer = [];
		}
		this.watch();
	}

	private watch(): void {
		clearTimeout(this.timer);
		if (this.waiting.length === 0) return;
		this.timer = setTimeout(() => this.lose('no answer any more', true), SILENCE_LIMIT);
	}

	private lose(why: string, silent = false): void {
		clearTimeout(this.timer);
		this.kill();
		process.off('exit', this.kill);
		this.lost ??= new ConnectionLost(why, silent);
		for (const { reject } of this.waiting.splice(0)) reject(this.lost);
	}
}
