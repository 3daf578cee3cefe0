// SPDX-License-Identifier: MIT
/** Where output goes: text on stdout, progress and complaints on stderr, colour only on a terminal. */
import { createColors } from 'picocolors';
import { COMMAND, UNSEEN } from './printable';

export type Colors = ReturnType<typeof createColors>;

export interface Terminal {
	out(line: string): void;
	error(line: string): void;
	/** A line on stdout that GitHub's runner is to obey: nothing else that is written is a command to it. */
	command(line: string): void;
	readonly colors: Colors;
	readonly progress: Progress;
}

export function openTerminal(): Terminal {
	const { stdout, stderr, env } = process;
	const coloured = env.FORCE_COLOR
		? env.FORCE_COLOR !== '0'
		: Boolean(stdout.isTTY) && !env.NO_COLOR && env.TERM !== 'dumb';
	const progress = new Progress(stderr);
	// A reader that has seen enough (| head) is no error.
	stdout.on('error', (error: NodeJS.ErrnoException) => {
		if (error.code === 'EPIPE') process.exit(0);
		throw error;
	});
	return {
		out: (line) => {
			progress.clear();
			stdout.write(`${harmless(line, coloured)}\n`);
		},
		command: (line) => {
			progress.clear();
			stdout.write(`${seen(line, false)}\n`);
		},
		error: (line) => {
			progress.clear();
			stderr.write(`${harmless(line, coloured)}\n`);
		},
		colors: createColors(coloured),
		progress,
	};
}

/** What a terminal would obey or not show, other than colours of ours and line ends. */
const OBEYED = new RegExp(`\\r|(?!\\u001b\\[\\d{1,2}m)${UNSEEN.source}`, 'gu');
const OBEYED_PLAIN = new RegExp(`\\r|${UNSEEN.source}`, 'gu');

const seen = (text: string, coloured: boolean): string =>
	text.replace(coloured ? OBEYED : OBEYED_PLAIN, '\u00b7');

/** Whoever writes makes text from elsewhere safe in its place; this is for what was forgotten. */
export const harmless = (text: string, coloured: boolean): string =>
	seen(text, coloured).replace(COMMAND, '$1\u00b7');

/** Milliseconds before anything is said, and between two lines where there is no terminal. */
const PATIENCE = 2_000;
const INTERVAL = 10_000;

/** And between two changes of the line on a terminal. */
const FRAME = 100;

export interface Pace {
	readonly patience: number;
	readonly interval: number;
	readonly frame: number;
}

/** One line that tells how far a long run is. */
export class Progress {
	/** When something first took its time: start-up does not count. */
	private started = 0;
	private last = 0;
	private shown = false;
	private timer: NodeJS.Timeout | undefined;

	constructor(
		private readonly stream: Pick<NodeJS.WriteStream, 'isTTY' | 'columns' | 'write'>,
		private readonly pace: Pace = { patience: PATIENCE, interval: INTERVAL, frame: FRAME },
	) {}

	/** Says it when it is time to say something. */
	update(text: string): void {
		const now = Date.now();
		this.started ||= now;
		const { isTTY, columns } = this.stream;
		const { patience, interval, frame } = this.pace;
		if (now - this.started < patience) return;
		if (now - this.last < (isTTY ? frame : interval)) return;
		this.last = now;
		// A line that is broken by the terminal could not be taken back.
		if (isTTY) this.stream.write(`\r\u001b[K${text.slice(0, Math.max(20, (columns || 80) - 1))}`);
		else this.stream.write(`${text}\n`);
		this.shown = Boolean(isTTY);
	}

	/** Also says it when nothing happens, until stop(): whoever waits wants to know what for. */
	follow(text: () => string): void {
		this.stop();
		this.update(text());
		const { interval, frame } = this.pace;
		const often = this.stream.isTTY ? frame * 5 : interval / 10;
		this.timer = setInterval(() => this.update(text()), often).unref();
	}

	stop(): void {
		clearInterval(this.timer);
		this.clear();
	}

	clear(): void {
		if (this.shown) this.stream.write('\r\u001b[K');
		this.shown = false;
	}
}
