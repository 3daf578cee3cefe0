// SPDX-License-Identifier: MIT
/** Talks to an adapter across the lives of its processes: each says hello first, and all of them the same one. */
import type { Hello } from '../../schema/types/protocol';
import { NoAnswer } from '../implementation';
import { Channel, KilledError } from './channel';
import { type Answer, PROTOCOL } from './protocol';

/** Milliseconds that it may take. */
export interface Deadlines {
	readonly hello: number;
	readonly execute: number;
	/** To end by itself once its stdin is closed. */
	readonly close: number;
}

/** Processes that may be killed over one request: who kills them may be somebody else, or the kernel out of memory. */
const KILLS = 5;

export class Session {
	/** What it said first. */
	private said: Hello | null = null;
	/** Without a first hello there is nothing to run: it is not asked for each vector again. */
	private refusal: unknown;
	private channel: Channel | null = null;
	/** Whoever still waits must not start it again. */
	private closed = false;
	/** Channels that failed, whose processes may not have ended yet. */
	private readonly old = new Set<Channel>();

	constructor(
		private readonly argv: readonly string[],
		private readonly deadlines: Deadlines,
	) {}

	/** Has it greeted; rejects with a NoAnswerError. */
	async hello(): Promise<Hello> {
		await this.living(() => this.running());
		return this.said!;
	}

	/** Asks it to execute; rejects with a NoAnswerError. An execution has no memory, so another process can be asked. */
	request(body: object): Promise<Answer> {
		return this.living(async () => (await this.running()).request(body, this.deadlines.execute));
	}

	/** Whoever asks again has given up waiting for the answer before. */
	giveUp(): void {
		if (!this.channel?.busy) return;
		this.retire(this.channel);
		this.channel = null;
	}

	async close(): Promise<void> {
		const channels = [this.channel, ...this.old];
		this.closed = true;
		this.channel = null;
		this.old.clear();
		await Promise.all(channels.map((each) => each?.close(this.deadlines.close)));
	}

	private async living<T>(work: () => Promise<T>): Promise<T> {
		for (let deaths = 1; ; deaths++)
			try {
				return await work();
			} catch (error) {
				if (error instanceof KilledError && deaths < KILLS) continue;
				if (!this.said) this.refusal = error;
				throw error;
			}
	}

	/** The process, a new one where there is none or the last one failed. */
	private async running(): Promise<Channel> {
		if (this.refusal) throw this.refusal;
		if (this.closed) throw new NoAnswer('crash', 'it was closed');
		if (this.channel && !this.channel.spent) return this.channel;
		if (this.channel) this.retire(this.channel);
		this.channel = new Channel(this.argv);
		try {
			const body = { request: 'hello', protocol: PROTOCOL };
			const answer = await this.channel.request(body, this.deadlines.hello);
			if (answer.answer !== 'hello')
				throw new NoAnswer('error', `it answers hello with "${answer.answer}"`);
			const { seq: _, ...hello } = answer;
			const { seq: __, ...before } = this.said ?? answer;
			if (JSON.stringify(hello) !== JSON.stringify(before))
				throw new NoAnswer('error', 'it says another hello each time');
			this.said = answer;
		} catch (error) {
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
