// SPDX-License-Identifier: MIT
/** exec:COMMAND, an adapter in any language: JSON lines over stdin and stdout. README.md says how to write one. */
import type { Hello } from '../../schema/types/protocol';
import {
	type Execution,
	type Implementation,
	NoAnswerError,
	type Program,
	type Schedule,
} from '../implementation';
import { Channel } from './channel';
import { words } from './command';
import { allCalls, allFields, PROTOCOL } from './protocol';

/** Milliseconds that it may take. */
export interface Deadlines {
	readonly hello: number;
	readonly execute: number;
	/** To end by itself once its stdin is closed. */
	readonly close: number;
}

const DEADLINES: Deadlines = { hello: 10_000, execute: 60_000, close: 2_000 };

/** Schedules of one request at most: a line has a limit, and so has patience. */
const BATCH = 64;

/** Opens an adapter; ready() says what it is. Gives null when the command has no word, or an open quote. */
export function openExec(
	command: string,
	deadlines: Partial<Deadlines> = {},
): Implementation | null {
	const split = words(command);
	return split && new Adapter(command, split, { ...DEADLINES, ...deadlines });
}

class Adapter implements Implementation {
	readonly address: string;
	target = 'exec';
	description: string;
	revision?: string;
	calls = allCalls;
	fields = allFields;
	explores = true;
	stress = false;
	/** It is in a process of its own. */
	readonly isolated = true;
	obstacle?: Implementation['obstacle'];
	private hello: Hello | null = null;
	/** Without a first hello there is nothing to run: it is not asked for each vector again. */
	private refusal: unknown;
	private channel: Channel | null = null;
	/** Whoever still waits must not start it again. */
	private closed = false;
	/** Channels that failed, whose processes may not have ended yet. */
	private readonly old = new Set<Channel>();
	private readonly executed = new WeakSet<Program>();

	constructor(
		private readonly command: string,
		private readonly argv: readonly string[],
		private readonly deadlines: Deadlines,
	) {
		this.address = `exec:${command}`;
		this.description = `adapter ${command}`;
	}

	async ready(): Promise<Implementation> {
		try {
			await this.running();
			const { name, version, target, description, calls, fields, explores } = this.hello!;
			this.revision = `${name} ${version}`;
			this.description = description ?? `${name} ${version}`;
			this.target = target ?? this.target;
			Object.assign(this, { calls, fields, explores, stress: !explores });
		} catch (error) {
			if (error instanceof NoAnswerError && error.verdict === 'not-run')
				this.obstacle = { verdict: 'not-run', reason: error.message };
		}
		return this;
	}

	another(): Promise<Implementation> {
		return new Adapter(this.command, this.argv, this.deadlines).ready();
	}

	async execute(program: Program, schedules: readonly Schedule[]): Promise<Execution[]> {
		// Whoever asks again has given up waiting for the answer before.
		if (this.channel?.busy) {
			this.retire(this.channel);
			this.channel = null;
		}
		await this.running();
		const { batch = BATCH, threads, schedule: length } = this.hello!.limits;
		if (threads !== undefined && program.threads.length > threads)
			throw new NoAnswerError('not-run', `the adapter takes ${threads} threads at most`);
		if (length !== undefined && schedules.some((schedule) => schedule.length > length))
			throw new NoAnswerError('not-run', `the adapter takes ${length} choices at most`);
		const executions: Execution[] = [];
		for (let at = 0; at < schedules.length; at += Math.min(batch, BATCH)) {
			const part = schedules.slice(at, at + Math.min(batch, BATCH));
			for (const each of await this.ask(program, part)) executions.push(each);
		}
		return executions;
	}

	async close(): Promise<void> {
		const channels = [this.channel, ...this.old];
		this.closed = true;
		this.channel = null;
		this.old.clear();
		await Promise.all(channels.map((each) => each?.close(this.deadlines.close)));
	}

	private async ask(program: Program, schedules: readonly Schedule[]): Promise<Execution[]> {
		const channel = await this.running();
		const body = { request: 'execute', program, schedules };
		const answer = await channel.request(body, this.deadlines.execute);
		switch (answer.answer) {
			case 'results':
				this.executed.add(program);
				return answer.executions as Execution[];
			case 'skipped':
				if (!this.executed.has(program)) throw new NoAnswerError('skip', oneLine(answer.reason));
				throw new NoAnswerError('error', 'it skips what it executed before');
			case 'errored':
				throw new NoAnswerError('crash', `the adapter says: ${oneLine(answer.message)}`);
			default:
				throw new NoAnswerError('error', 'it says hello where results are due');
		}
	}

	/** The process, a new one where there is none or the last one failed. */
	private async running(): Promise<Channel> {
		if (this.refusal) throw this.refusal;
		if (this.closed) throw new NoAnswerError('crash', 'it was closed');
		if (this.channel && !this.channel.spent) return this.channel;
		if (this.channel) this.retire(this.channel);
		this.channel = new Channel(this.argv);
		try {
			const body = { request: 'hello', protocol: PROTOCOL };
			const answer = await this.channel.request(body, this.deadlines.hello);
			if (answer.answer !== 'hello')
				throw new NoAnswerError('error', `it answers hello with "${answer.answer}"`);
			const { seq: _, ...hello } = answer;
			const { seq: __, ...before } = this.hello ?? answer;
			if (JSON.stringify(hello) !== JSON.stringify(before))
				throw new NoAnswerError('error', 'it says another hello each time');
			this.hello = answer;
		} catch (error) {
			if (!this.hello) this.refusal = error;
			this.retire(this.channel);
			this.channel = null;
			throw error;
		}
		return this.channel;
	}

	/** Ends a channel, which nobody has to wait for before the end. */
	private retire(channel: Channel): void {
		this.old.add(channel);
		channel.close(0).finally(() => this.old.delete(channel));
	}
}

/** A console has lines; what an adapter says of itself has one. */
const oneLine = (text: string): string => text.replace(/[\r\n]/g, ' ');
