// SPDX-License-Identifier: MIT
/** Output: text to stdout, progress and errors to stderr, colour only on a terminal. */
import type { EventEmitter } from 'node:events';
import { fstatSync } from 'node:fs';
import { createColors } from 'picocolors';
import { COMMAND, UNSEEN } from './printable';

export type Colors = ReturnType<typeof createColors>;

export interface Terminal {
	out(line: string): void;
	error(line: string): void;
	/** Writes a command for GitHub's runner to stdout; out() and error() never write one. */
	command(line: string): void;
	readonly colors: Colors;
	readonly progress: Progress;
	/** Columns of a line: those of the terminal, 100 without one. */
	readonly width: number;
	/** Called when the reader of stdout is gone, such as head. Default: ends the process with its exit code so far. */
	whenClosed: () => void;
}

/** Columns of a line without a terminal. */
const DEFAULT_WIDTH = 100;
/** Columns of a line at least. */
const MIN_WIDTH = 60;

/** Output and environment: those of the process, or others that a test gives. */
export interface Streams {
	readonly stdout: Pick<NodeJS.WriteStream, 'isTTY' | 'columns' | 'write'> & EventEmitter;
	readonly stderr: Pick<NodeJS.WriteStream, 'isTTY' | 'columns' | 'write'>;
	readonly env: NodeJS.ProcessEnv;
}

/** silent: without progress. */
export function openTerminal(
	{ stdout, stderr, env }: Streams = process,
	silent = sharesPipe(),
): Terminal {
	const coloured = env.FORCE_COLOR
		? env.FORCE_COLOR !== '0'
		: Boolean(stdout.isTTY) && !env.NO_COLOR && env.TERM !== 'dumb';
	const progress = new Progress(stderr, undefined, silent);
	// A reader may close the pipe early (| head).
	stdout.on('error', (error: NodeJS.ErrnoException) => {
		if (error.code !== 'EPIPE') throw error;
		terminal.whenClosed();
	});
	const terminal: Terminal = {
		out: (line) => {
			progress.clear();
			stdout.write(`${harmless(line, coloured)}\n`);
		},
		command: (line) => {
			progress.clear();
			stdout.write(`${withoutControls(line, false)}\n`);
		},
		error: (line) => {
			progress.clear();
			stderr.write(`${harmless(line, coloured)}\n`);
		},
		colors: createColors(coloured),
		progress,
		width: stdout.isTTY ? Math.max(stdout.columns, MIN_WIDTH) : DEFAULT_WIDTH,
		whenClosed: () => process.exit(process.exitCode ?? 0),
	};
	return terminal;
}

/** True if progress would stand among the results of a reader: stdout is a pipe, and stderr the same one or a terminal. */
function sharesPipe(): boolean {
	const [out, error] = [fstatSync(1), fstatSync(2)];
	if (process.stderr.isTTY) return out.isFIFO() || out.isSocket();
	return out.dev === error.dev && out.ino === error.ino;
}

/** Matches invisible characters and control sequences, except line ends and our colours. */
const CONTROLS_BUT_COLOURS = new RegExp(`\\r|(?!\\u001b\\[\\d{1,2}m)${UNSEEN.source}`, 'gu');
const CONTROLS = new RegExp(`\\r|${UNSEEN.source}`, 'gu');

const withoutControls = (text: string, coloured: boolean): string =>
	text.replace(coloured ? CONTROLS_BUT_COLOURS : CONTROLS, '\u00b7');

/** Replaces control characters that are left: callers pass text of files and adapters through printable() first. */
export const harmless = (text: string, coloured: boolean): string =>
	withoutControls(text, coloured).replace(COMMAND, '$1\u00b7');

/** Milliseconds between writes of progress. */
export interface Pace {
	/** From the first update() to the first write. */
	readonly patience: number;
	/** Between two lines without a terminal. */
	readonly interval: number;
	/** Between two updates of the line on a terminal. */
	readonly frame: number;
}

const PACE_MS: Pace = { patience: 2_000, interval: 10_000, frame: 100 };

/** Shows the progress of a long run in one line. */
export class Progress {
	/** Time of the first update in milliseconds; 0 before. */
	private started = 0;
	private last = 0;
	private shown = false;
	private timer: NodeJS.Timeout | undefined;

	constructor(
		private readonly stream: Pick<NodeJS.WriteStream, 'isTTY' | 'columns' | 'write'>,
		private readonly pace: Pace = PACE_MS,
		private readonly silent = false,
	) {}

	/** Writes a text, unless the last one is too recent. */
	update(text: string): void {
		if (this.silent) return;
		const now = Date.now();
		this.started ||= now;
		const { isTTY, columns } = this.stream;
		const { patience, interval, frame } = this.pace;
		if (now - this.started < patience) return;
		if (now - this.last < (isTTY ? frame : interval)) return;
		this.last = now;
		// The erase sequence clears one line only, so the text must not wrap.
		if (isTTY) this.stream.write(`\r\u001b[K${text.slice(0, Math.max(20, (columns || 80) - 1))}`);
		else this.stream.write(`${text}\n`);
		this.shown = Boolean(isTTY);
	}

	/** Repeats update() with a current text until stop(). */
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
