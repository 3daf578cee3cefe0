// SPDX-License-Identifier: MIT
/** A machine with the module loaded: started on first use, and again after the connection is lost. */
import type { Execution } from '../../schema/types/execution';
import type { Program } from '../../schema/types/program';
import { NoAnswer, type Schedule } from '../implementation';
import { Unavailable } from '../unavailable';
import { Channel } from './channel';
import { isLate, Reader } from './execution';
import { checkKernelLog } from './kernel-log';
import { programLines } from './program';
import type { Destination } from './ssh';

/** A started machine. */
export interface Host {
	readonly destination: Destination;
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

export class Machine {
	private host: Promise<Host> | null = null;
	private channel: Channel | null = null;
	private program: Program | null = null;
	private reader: Reader | null = null;
	/** The last request: the module has one device, for one program at a time. */
	private last: Promise<unknown> = Promise.resolve();

	constructor(private readonly start: () => Promise<Host>) {}

	/** Starts the machine ahead of the first vector. Throws Unavailable. */
	async begin(): Promise<void> {
		this.host ??= this.start();
		await this.host;
	}

	/** Throws NoAnswer with verdict crash when the machine is lost; the next program starts another one. */
	execute(program: Program, schedules: readonly Schedule[]): Promise<Execution[]> {
		const answer = this.last.then(() => this.perform(program, schedules));
		this.last = answer.catch(() => {});
		return answer;
	}

	private async perform(program: Program, schedules: readonly Schedule[]): Promise<Execution[]> {
		// Log lines that appeared between two requests belong to no execution.
		if (this.channel?.broken) await this.stop();
		this.host ??= this.start();
		const host = await this.host.catch((error) => {
			this.host = null;
			if (!(error instanceof Unavailable)) throw error;
			throw new NoAnswer(error.obstacle.verdict, error.message);
		});
		try {
			this.channel ??= new Channel(host.destination);
			if (this.program !== program) await this.load(this.channel, program);
			const executions: Execution[] = [];
			for (let at = 0; at < schedules.length; at += BATCH) {
				const batch = schedules.slice(at, at + BATCH);
				const lines = batch.map((schedule) => ['run', ...schedule].join(' '));
				const answers = await this.channel.ask(lines, batch.length);
				for (const [index, answer] of answers.entries())
					executions.push(this.reader!.read(await this.inTime(lines[index]!, answer)));
			}
			return executions;
		} catch (error) {
			if (!(error instanceof NoAnswer) || error.verdict !== 'crash') throw error;
			const text = [error.message, ...host.lastLines()].join('\n');
			await this.stop();
			throw new NoAnswer('crash', text);
		}
	}

	/** Repeats executions that exceeded a time limit, because a busy host can cause that. */
	private async inTime(line: string, answer: string[]): Promise<string[]> {
		for (let tries = 0; ; tries++) {
			checkKernelLog(answer, 'after an execution');
			if (!isLate(answer) || tries === RETRIES) return answer;
			[answer] = (await this.channel!.ask([line], 1)) as [string[]];
		}
	}

	async stop(): Promise<void> {
		const { host } = this;
		this.channel?.close();
		this.channel = null;
		this.program = null;
		this.host = null;
		await (await host?.catch(() => undefined))?.stop();
	}

	private async load(channel: Channel, program: Program): Promise<void> {
		this.program = null;
		let last = LATE;
		for (let tries = 0; last === LATE && tries <= RETRIES; tries++) {
			const [answer] = await channel.ask(programLines(program), 1);
			checkKernelLog(answer!, 'between two programs');
			last = answer!.at(-1)!;
		}
		if (last === LATE)
			throw new NoAnswer(
				'not-run',
				'the setup exceeds its time limit on this machine: try again when it is less busy',
			);
		if (last !== 'ready') throw new Error(`the module refuses the program: ${last}`);
		this.program = program;
		this.reader = new Reader(program);
	}
}
