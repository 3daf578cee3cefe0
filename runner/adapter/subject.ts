// SPDX-License-Identifier: MIT
/** An adapter that is being checked: one process of it, what it said, and programs to try it with. */
import type { Execution } from '../../implementations/implementation';
import type { CallName } from '../../schema/types/common';
import type { Program, ProgramCall } from '../../schema/types/program';
import type { Hello } from '../../schema/types/protocol';
import { assertFollows } from '../explore/contract';
import { choicesOf } from '../explore/schedule';
import { openChannel } from '../registry';

/** What the adapter owes and did not do. */
export class MissingError extends Error {}

export function requireThat(condition: unknown, missing: string): asserts condition {
	if (!condition) throw new MissingError(missing);
}

/** Milliseconds for an answer, and to end once stdin is closed. */
export const HELLO = 10_000;
export const ANSWER = 60_000;
export const END = 2_000;

type Channel = ReturnType<typeof openChannel>;

export class Subject {
	hello!: Hello;
	private channel: Channel | null = null;
	/** What it wrote to stderr, as far as that is kept. */
	log: () => string[] = () => [];

	constructor(readonly command: string) {}

	/** Its process, a new one after the last one ended. */
	async open(): Promise<Channel> {
		if (this.channel && !this.channel.spent) return this.channel;
		const channel = openChannel(this.command);
		this.channel = channel;
		this.log = () => channel.log.lines();
		const answer = await channel.request({ request: 'hello', protocol: 1 }, HELLO);
		requireThat(answer.answer === 'hello', `hello is answered with "${answer.answer}"`);
		this.hello = answer;
		return channel;
	}

	async ask(program: unknown, schedules: readonly (readonly number[])[]) {
		const channel = await this.open();
		return channel.request({ request: 'execute', program, schedules }, ANSWER);
	}

	/** Executes, and holds what comes back against the contract that the runner checks. */
	async execute(program: Program, schedules: readonly (readonly number[])[]): Promise<Execution[]> {
		const answer = await this.ask(program, schedules);
		if (answer.answer !== 'results') {
			const why = 'reason' in answer ? answer.reason : 'message' in answer ? answer.message : '';
			throw new MissingError(`it answers "${answer.answer}" where results are due: ${why}`);
		}
		const executions = answer.executions as Execution[];
		const missing = `${schedules.length} schedules gave ${executions.length} executions`;
		requireThat(executions.length === schedules.length, missing);
		executions.forEach((execution, index) => {
			if (this.hello.explores) {
				if (!execution.diverged) assertFollows(program, schedules[index]!, execution);
			} else assertFollows(program, choicesOf(execution), { ...execution, diverged: null });
		});
		return executions;
	}

	async close(): Promise<number | null> {
		const channel = this.channel;
		this.channel = null;
		return (await channel?.close(END))?.code ?? null;
	}
}

type Calls = readonly ({ call: CallName } & Partial<ProgramCall>)[];

/** A program of threads by name; everything else as it is by default. */
export function programOf(threads: Record<string, Calls>, other: Partial<Program> = {}): Program {
	let site = (other.setup ?? []).length + 10;
	return {
		id: 'DAXV-0000',
		holders: { A: { returns: 'ok', calls: [] }, B: { returns: 'ok', calls: [] } },
		device: { alive: true, holder: null, ops: null, refs: 2 },
		setup: [],
		threads: Object.entries(threads).map(([name, calls]) => ({
			name,
			calls: calls.map((call) => ({ site: site++, ...call })),
		})),
		...other,
	};
}
