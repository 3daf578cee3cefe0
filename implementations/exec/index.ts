// SPDX-License-Identifier: MIT
/** exec:COMMAND, an adapter in any language: JSON lines over stdin and stdout. docs/write-an-adapter.md is the guide. */
import {
	type Execution,
	type Implementation,
	NoAnswer,
	type Program,
	type Schedule,
} from '../implementation';
import { type Command, words } from './command';
import { allCalls, allFields } from './protocol';
import { type Deadlines, Session } from './session';

const DEADLINES_MS: Deadlines = { hello: 10_000, execute: 60_000, close: 2_000 };

/** Schedules per request at most: one line holds the answer, and one deadline covers it. */
const MAX_BATCH = 64;

/** Opens an adapter; ready() fills in its description. Returns null for a command that words() cannot split. */
export function openExec(
	command: string,
	deadlines: Partial<Deadlines> = {},
): Implementation | null {
	const split = words(command);
	return split && new Adapter(command, split, { ...DEADLINES_MS, ...deadlines });
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
	obstacle?: Implementation['obstacle'];
	private readonly session: Session;
	private readonly executed = new WeakSet<Program>();

	constructor(
		private readonly command: string,
		private readonly argv: Command,
		private readonly deadlines: Deadlines,
	) {
		this.address = `exec:${command}`;
		this.description = `adapter ${command}`;
		this.session = new Session(argv, deadlines);
	}

	async ready(): Promise<Implementation> {
		try {
			const { name, version, target, description, calls, fields, explores } =
				await this.session.hello();
			this.revision = `${name} ${version}`;
			this.description = description ?? `${name} ${version}`;
			this.target = target ?? this.target;
			Object.assign(this, { calls, fields, explores, stress: !explores });
		} catch (error) {
			if (error instanceof NoAnswer && error.verdict === 'not-run')
				this.obstacle = { verdict: 'not-run', reason: error.message };
		}
		return this;
	}

	another(): Promise<Implementation> {
		return new Adapter(this.command, this.argv, this.deadlines).ready();
	}

	async execute(program: Program, schedules: readonly Schedule[]): Promise<Execution[]> {
		this.session.abandon();
		const { batch = MAX_BATCH, threads, schedule: length } = (await this.session.hello()).limits;
		if (threads !== undefined && program.threads.length > threads)
			throw new NoAnswer('not-run', `the adapter takes ${threads} threads at most`);
		if (length !== undefined && schedules.some((schedule) => schedule.length > length))
			throw new NoAnswer('not-run', `the adapter takes ${length} choices at most`);
		const executions: Execution[] = [];
		const size = Math.min(batch, MAX_BATCH);
		for (let at = 0; at < schedules.length; at += size) {
			const part = schedules.slice(at, at + size);
			for (const each of await this.ask(program, part)) executions.push(each);
		}
		return executions;
	}

	close(): Promise<void> {
		return this.session.close();
	}

	private async ask(program: Program, schedules: readonly Schedule[]): Promise<Execution[]> {
		const answer = await this.session.request({ request: 'execute', program, schedules });
		switch (answer.answer) {
			case 'results':
				this.executed.add(program);
				return answer.executions as Execution[];
			case 'skipped':
				if (!this.executed.has(program)) throw new NoAnswer('skip', oneLine(answer.reason));
				throw new NoAnswer('error', 'the adapter skips a program that it executed before');
			case 'errored':
				throw new NoAnswer('crash', `the adapter says: ${oneLine(answer.message)}`);
			default:
				throw new NoAnswer('error', 'the adapter says hello where results are due');
		}
	}
}

/** The reason of a verdict is one line. */
const oneLine = (text: string): string => text.replace(/[\r\n]/g, ' ');
