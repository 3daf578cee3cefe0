// SPDX-License-Identifier: MIT
/** The adapter under check: its process, its hello, and requests whose answers follow the contract. */
import type { Execution } from '../../implementations/implementation';
import type { CallName } from '../../schema/types/common';
import type { Program, ProgramCall } from '../../schema/types/program';
import type { Hello } from '../../schema/types/protocol';
import { assertFollows, ContractError } from '../explore/contract';
import { choicesOf } from '../explore/schedule';
import { openChannel } from '../registry';

/** Throws ContractError, with the defect of the adapter, unless the condition holds. */
export function requireThat(condition: unknown, defect: string): asserts condition {
	if (!condition) throw new ContractError(defect);
}

const HELLO_TIMEOUT_MS = 10_000;
export const ANSWER_TIMEOUT_MS = 60_000;
/** Time from the end of stdin to the exit of the process. */
export const END_TIMEOUT_MS = 2_000;

type Channel = ReturnType<typeof openChannel>;

export class Subject {
	private channel: Channel | null = null;
	private greeting: Hello | null = null;
	/** The last lines that the adapter wrote to stderr. */
	log: () => string[] = () => [];

	constructor(readonly command: string) {}

	/** The hello of the process that open() started. */
	get hello(): Hello {
		requireThat(this.greeting, 'the adapter has not said hello');
		return this.greeting;
	}

	/** Returns a channel to the adapter, started again if it has ended. Rejects if the answer to hello is not a hello. */
	async open(): Promise<Channel> {
		if (this.channel && !this.channel.spent) return this.channel;
		const channel = openChannel(this.command);
		this.channel = channel;
		this.log = () => channel.log.lines();
		const answer = await channel.request({ request: 'hello', protocol: 1 }, HELLO_TIMEOUT_MS);
		requireThat(answer.answer === 'hello', `hello is answered with "${answer.answer}"`);
		this.greeting = answer;
		return channel;
	}

	/** Sends an execute request, whose program may be invalid. */
	async ask(program: unknown, schedules: readonly (readonly number[])[]) {
		const channel = await this.open();
		return channel.request({ request: 'execute', program, schedules }, ANSWER_TIMEOUT_MS);
	}

	/** Executes a program. Rejects with ContractError where an execution breaks the contract with the runner. */
	async execute(program: Program, schedules: readonly (readonly number[])[]): Promise<Execution[]> {
		const answer = await this.ask(program, schedules);
		if (answer.answer !== 'results') {
			const why = 'reason' in answer ? answer.reason : 'message' in answer ? answer.message : '';
			throw new ContractError(
				`the adapter answers "${answer.answer}" where results are due: ${why}`,
			);
		}
		const executions = answer.executions as Execution[];
		const defect = `${schedules.length} schedules gave ${executions.length} executions`;
		requireThat(executions.length === schedules.length, defect);
		for (const [index, execution] of executions.entries())
			if (!this.hello.explores)
				assertFollows(program, choicesOf(execution), { ...execution, diverged: null });
			else if (!execution.diverged) assertFollows(program, schedules[index] ?? [], execution);
		return executions;
	}

	/** Executes a program once. */
	async executeOnce(program: Program, schedule: readonly number[] = []): Promise<Execution> {
		const [execution] = await this.execute(program, [schedule]);
		requireThat(execution, 'one schedule gave no execution');
		return execution;
	}

	/** Closes stdin and gives the exit code; null when the process did not end by itself. */
	async close(): Promise<number | null> {
		const channel = this.channel;
		this.channel = null;
		return (await channel?.close(END_TIMEOUT_MS))?.code ?? null;
	}
}

type Calls = readonly ({ call: CallName } & Partial<ProgramCall>)[];

/** Makes a program from threads by name; other replaces defaults of its other parts. */
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
