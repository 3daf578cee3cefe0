// SPDX-License-Identifier: MIT
/** Where output goes: text on stdout, progress and complaints on stderr, colour only on a terminal. */
import { createColors } from 'picocolors';
import { UNSEEN } from './vector/errors';

export type Colors = ReturnType<typeof createColors>;

export interface Terminal {
	out(line: string): void;
	error(line: string): void;
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

/** Whoever writes makes text from elsewhere safe in its place; this is for what was forgotten. */
export const harmless = (text: string, coloured: boolean): string =>
	text.replace(coloured ? OBEYED : OBEYED_PLAIN, '\u00b7');

/** Milliseconds before anything is said, and between two lines where there is no terminal. */
const PATIENCE = 2_000;
const INTERVAL = 10_000;

/** One line that tells how far a long run is. */
export class Progress {
	/** When something first took its time: start-up does not count. */
	private started = 0;
	private last = 0;
	private shown = false;

	constructor(private readonly stream: NodeJS.WriteStream) {}

	update(text: string): void {
		const now = Date.now();
		this.started ||= now;
		if (now - this.started < PATIENCE) return;
		if (this.stream.isTTY) {
			this.stream.write(`\r\u001b[K${text}`);
			this.shown = true;
		} else if (now - this.last >= INTERVAL) {
			this.stream.write(`${text}\n`);
			this.last = now;
		}
	}

	clear(): void {
		if (this.shown) this.stream.write('\r\u001b[K');
		this.shown = false;
	}
}
