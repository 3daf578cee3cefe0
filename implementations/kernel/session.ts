// SPDX-License-Identifier: MIT
/** A connection to a loaded module: sends programs and schedules, reads executions. */
import type { Execution } from '../../schema/types/execution';
import type { Program } from '../../schema/types/program';
import { NoAnswer, type Schedule } from '../implementation';
import { notRun } from '../unavailable';
import { Channel, ConnectionLost } from './channel';
import { isLate, Reader } from './execution';
import { type Hello, readHello } from './hello';
import { checkKernelLog } from './kernel-log';
import { programLines } from './program';
import type { Destination } from './ssh';

/** A started machine. */
export interface Host {
	readonly destination: Destination;
	/** Identifies the boot of a machine that runs without the runner; absent for a guest of the runner. */
	readonly boot?: string;
	/** Last lines of its console, for the report of a crash. */
	lastLines(): string[];
	stop(): Promise<void>;
}

/** Schedules per request: the module's answers must fit into its memory. */
const BATCH = 256;

/** Retries of an execution that exceeded a time limit. */
const RETRIES = 5;

/** Answer of the module when the setup exceeds its time limit. */
const LATE = 'error late';

/** Answer of the module when it cannot execute what follows the setup. */
const BEYOND = 'error beyond';

/** Connects to the module of a machine that starts. Throws Unavailable, and stops the machine then. */
export async function openSession<H extends Host>(
	starting: Promise<H>,
	version: string,
): Promise<Session<H>> {
	const host = await starting;
	const channel = new Channel(host.destination);
	try {
		const [answer] = await channel.ask(['hello'], 1);
		return new Session(host, channel, readHello(answer ?? [], version));
	} catch (error) {
		channel.close();
		const lines = error instanceof ConnectionLost ? host.lastLines() : [];
		await host.stop();
		if (!(error instanceof ConnectionLost)) throw error;
		const what = `${error.message}: end other runs on this machine, and try again`;
		throw notRun([what, ...lines].join('\n'));
	}
}

/** Throws NoAnswer if the trace lacks an access, or the module a call: a field changed and no breakpoint was on it. */
function seen(answer: readonly string[]): readonly string[] {
	const beyond = answer.find((line) => line.startsWith('beyond '));
	if (beyond) throw new NoAnswer('skip', beyond.slice('beyond '.length));
	const [, field, call] =
		answer.map((line) => /^unseen (\S+) (\w+)$/.exec(line)).find(Boolean) ?? [];
	if (!field) return answer;
	const reason = `the breakpoints of a call are on one device, and ${call}() changed ${field} of the other`;
	throw new NoAnswer('not-run', `${reason}: native:LINUX sees every access`);
}

export class Session<H extends Host = Host> {
	private program: Program | null = null;
	private reader: Reader | null = null;

	constructor(
		readonly host: H,
		readonly channel: Channel,
		readonly hello: Hello,
	) {}

	/** Throws NoAnswer. */
	async execute(program: Program, schedules: readonly Schedule[]): Promise<Execution[]> {
		const executions: Execution[] = [];
		for (let at = 0; at < schedules.length; at += BATCH) {
			const batch = schedules.slice(at, at + BATCH);
			const lines = batch.map((schedule) => ['run', ...schedule].join(' '));
			const { reader, answers } = await this.ask(program, lines);
			for (const [index, answer] of answers.entries())
				executions.push(reader.read(seen(await this.inTime(lines[index] ?? '', answer))));
		}
		return executions;
	}

	close(): Promise<void> {
		this.channel.close();
		return this.host.stop();
	}

	/** Repeats executions that exceeded a time limit, because a busy host can cause that. */
	private async inTime(line: string, answer: string[]): Promise<string[]> {
		for (let tries = 0; ; tries++) {
			checkKernelLog(answer, 'after an execution');
			if (!isLate(answer) || tries === RETRIES) return answer;
			[answer] = (await this.channel.ask([line], 1)) as [string[]];
		}
	}

	/** Sends the program, unless the module has it, and the lines in one request; gives the answers to the lines. */
	private async ask(
		program: Program,
		lines: readonly string[],
	): Promise<{ reader: Reader; answers: string[][] }> {
		if (this.program === program && this.reader)
			return { reader: this.reader, answers: await this.channel.ask(lines, lines.length) };
		this.program = null;
		const request = [...programLines(program), ...lines];
		let last = LATE;
		let answers: string[][] = [];
		for (let tries = 0; last === LATE && tries <= RETRIES; tries++) {
			const [loaded = [], ...rest] = await this.channel.ask(request, 1 + lines.length);
			checkKernelLog(loaded, 'between two programs');
			last = loaded.at(-1) ?? '';
			answers = rest;
		}
		if (last === LATE)
			throw new NoAnswer(
				'not-run',
				'the setup exceeds its time limit on this machine: try again when it is less busy',
			);
		if (last === BEYOND)
			throw new NoAnswer(
				'skip',
				'its setup frees a device: the module keeps the memory, and makes no other',
			);
		if (last !== 'ready') throw new Error(`the module refuses the program: ${last}`);
		this.program = program;
		this.reader = new Reader(program, this.hello.inlined);
		return { reader: this.reader, answers };
	}
}
