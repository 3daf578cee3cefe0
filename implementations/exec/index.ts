// SPDX-License-Identifier: MIT
/** exec:COMMAND, an adapter in any language: JSON lines over stdin and stdout. README.md says how to write one. */
import {
	type Execution,
	type Implementation,
	NoAnswer,
	type Program,
	type Schedule,
} from '../implementation';
import { words } from './command';
import { allCalls, allFields } from './protocol';
import { type Deadlines, Session } from './session';

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
	obstacle?: Implementation['obstacle'];
	private readonly session: Session;
	private readonly executed = new WeakSet<Program>();

	constructor(
		private readonly command: string,
		private readonly argv: readonly string[],
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
		this.session.giveUp();
		const { batch = BATCH, threads, schedule: length } = (await this.session.hello()).limits;
		if (threads !== undefined && program.threads.length > threads)
			throw new NoAnswer('not-run', `the adapter takes ${threads} threads at most`);
		if (length !== undefined && schedules.some((schedule) => schedule.length > length))
			throw new NoAnswer('not-run', `the adapter takes ${length} choices at most`);
		const executions: Execution[] = [];
		for (let at = 0; at < schedules.length; at += Math.min(batch, BATCH)) {
			const part = schedules.slice(at, at + Math.min(batch, BATCH));
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
				throw new NoAnswer('error', 'it skips what it executed before');
			case 'errored':
				throw new NoAnswer('crash', `the adapter says: ${oneLine(answer.message)}`);
			default:
				throw new NoAnswer('error', 'it says hello where results are due');
		}
	}
}

/** A console has lines; what an adapter says of itself has one. */
const oneLine = (text: string): string => text.replace(/[\r\n]/g, ' ');
