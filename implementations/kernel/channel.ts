// SPDX-License-Identifier: MIT
/** The one open connection to the module: lines there, lines back. */
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { type Destination, ssh } from './ssh';

/** Both directions of one open file; whoever has a shell has these. */
const PUMP = 'exec 3<>/dev/dax-vectors || exit; cat <&3 & cat >&3; kill $!';

/** Milliseconds without a word after which nobody is there any more. */
const SILENCE_LIMIT = 15_000;

/** Nobody answers any more. */
export class LostError extends Error {}

interface Waiting {
	readonly resolve: (lines: string[]) => void;
	readonly reject: (error: Error) => void;
}

/** An answer ends with one of these. */
const ENDS = /^(end|ready|hello .*|error .*)$/;

export class Channel {
	private readonly child: ChildProcessWithoutNullStreams;
	private readonly waiting: Waiting[] = [];
	private answer: string[] = [];
	private partial = '';
	private said = '';
	private lost: LostError | null = null;
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
		this.child.once('close', () => this.lose(this.said.trim() || 'the connection was lost'));
	}

	/** Says lines and gives the answers to them, as many as there are to come. */
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

	/** Has it broken? */
	get broken(): boolean {
		return this.lost !== null;
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
		this.timer = setTimeout(() => this.lose('no answer any more'), SILENCE_LIMIT);
	}

	private lose(why: string): void {
		clearTimeout(this.timer);
		this.kill();
		process.off('exit', this.kill);
		this.lost ??= new LostError(why);
		for (const { reject } of this.waiting.splice(0)) reject(this.lost);
	}
}
