// SPDX-License-Identifier: MIT
/** Sends requests to an adapter, and starts its process again when it has failed. Each process must say the same hello. */
import type { Hello } from '../../schema/types/protocol';
import { NoAnswer } from '../implementation';
import { repeat } from '../restarts';
import { Channel } from './channel';
import type { Command } from './command';
import { type Answer, PROTOCOL } from './protocol';

/** Time limits in milliseconds. */
export interface Deadlines {
	readonly hello: number;
	readonly execute: number;
	/** From the end of stdin to the end of the process. */
	readonly close: number;
}

export class Session {
	/** The first hello. */
	private greeting: Hello | null = null;
	/** The error of the first hello. It is kept, so that a run does not start a broken adapter for every vector. */
	private refusal: unknown;
	private channel: Channel | null = null;
	private closed = false;
	/** Failed channels whose processes may still run. */
	private readonly retired = new Set<Channel>();

	constructor(
		private readonly command: Command,
		private readonly deadlines: Deadlines,
	) {}

	/** Gives the adapter's hello. Rejects with NoAnswer. */
	async hello(): Promise<Hello> {
		const { greeting } = await this.repeated(() => this.running());
		return greeting;
	}

	/** Sends a request, which must not depend on earlier ones, and gives its answer. Rejects with NoAnswer. */
	request(body: object): Promise<Answer> {
		return this.repeated(async () => {
			const { channel } = await this.running();
			return channel.request(body, this.deadlines.execute);
		});
	}

	/** Abandons the outstanding request: ends the process that still works on it. */
	abandon(): void {
		if (!this.channel?.busy) return;
		this.retire(this.channel);
		this.channel = null;
	}

	async close(): Promise<void> {
		const channels = [this.channel, ...this.retired];
		this.closed = true;
		this.channel = null;
		this.retired.clear();
		await Promise.all(channels.map((each) => each?.close(this.deadlines.close)));
	}

	private async repeated<T>(work: () => Promise<T>): Promise<T> {
		try {
			return await repeat(work);
		} catch (error) {
			if (!this.greeting) this.refusal = error;
			throw error;
		}
	}

	/** Gives a channel that has said hello. */
	private async running(): Promise<{ channel: Channel; greeting: Hello }> {
		if (this.refusal) throw this.refusal;
		if (this.closed) throw new NoAnswer('not-run', 'the adapter was closed');
		if (this.channel && this.greeting && !this.channel.spent)
			return { channel: this.channel, greeting: this.greeting };
		if (this.channel) this.retire(this.channel);
		const channel = new Channel(this.command);
		this.channel = channel;
		try {
			this.greeting = await this.greet(channel);
		} catch (error) {
			this.retire(channel);
			if (this.channel === channel) this.channel = null;
			throw error;
		}
		return { channel, greeting: this.greeting };
	}

	private async greet(channel: Channel): Promise<Hello> {
		const body = { request: 'hello', protocol: PROTOCOL };
		const answer = await channel.request(body, this.deadlines.hello);
		if (answer.answer !== 'hello')
			throw new NoAnswer('error', `the adapter answers hello with "${answer.answer}"`);
		const { seq: _, ...hello } = answer;
		const { seq: __, ...before } = this.greeting ?? answer;
		if (JSON.stringify(hello) !== JSON.stringify(before))
			throw new NoAnswer('error', 'the adapter says a different hello after a restart');
		return answer;
	}

	/** Ends a channel in the background; close() waits for it. */
	private retire(channel: Channel): void {
		this.retired.add(channel);
		channel.close(0).finally(() => this.retired.delete(channel));
	}
}
