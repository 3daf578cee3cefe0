// SPDX-License-Identifier: MIT
/** The process that runs a tree: it is told what to do through shared memory, and started again when it died. */
import { constants } from 'node:os';
import type { CallName } from '../../schema/types/common';
import type { Execution } from '../../schema/types/execution';
import type { Program } from '../../schema/types/program';
import type { Schedule } from '../implementation';
import { resultName } from '../system/errno';
import {
	CALLS,
	COMMAND,
	calls,
	commands,
	DONE,
	faults,
	HEADER_WORDS,
	INPUT,
	INPUT_SIZE,
	LENGTH,
	OFFSET,
	START,
	STATUS,
} from './abi';
import type { Addon } from './addon';
import { type ReadAlone, Reader } from './execution';
import { type Memory, memoryOf, objectNames, writeSchedules } from './memory';
import { Names } from './names';
import { encode } from './program';
import type { CompiledTree } from './tree';

const { SIGKILL } = constants.signals;

/** The process of the tree is gone; the next request starts another one. */
export class DeathError extends Error {
	/** signal: its number, or another number for another end. */
	constructor(
		message: string,
		readonly signal: number,
	) {
		super(message);
	}
}

/** Processes that the same act may kill before it counts as the culprit. */
const LIVES = 3;
/** As many that were killed, which the code under test does not do: the same number as workers have. */
const KILLS = 20;

export class TreeProcess {
	private memory: Memory | null = null;
	private program: Program | null = null;

	constructor(
		private readonly addon: Addon,
		private readonly tree: CompiledTree,
	) {}

	/** The calls that the tree has. Throws DeathError. */
	calls(): CallName[] {
		const set = this.outliving(() => this.running().words[CALLS]!);
		return calls.filter((_, index) => set & (1 << index));
	}

	/** Throws DeathError when the code under test kills one process after the other. */
	execute(program: Program, schedules: readonly Schedule[]): Execution[] {
		return this.outliving(() => this.attempt(program, schedules));
	}

	/** The fields when the threads start. Throws DeathError. */
	start(program: Program): Execution['device'] {
		return this.outliving(() => this.reader(this.loaded(program), program).start);
	}

	/** Runs one thread alone, whose reads find these values, as the machine takes them. Throws DeathError. */
	alone(program: Program, thread: number, values: readonly number[]): ReadAlone & { how: number } {
		return this.outliving(() => {
			const memory = this.loaded(program);
			memory.words.set([thread, ...values], INPUT);
			memory.words[LENGTH] = 1 + values.length;
			const how = this.request(memory, 'alone');
			return { ...this.reader(memory, program).readAlone(), how };
		});
	}

	private outliving<Answer>(act: () => Answer): Answer {
		for (let deaths = 1; ; deaths++) {
			try {
				return act();
			} catch (error) {
				// Somebody else may have killed it: what the code does, it does again.
				if (!(error instanceof DeathError)) throw error;
				if (deaths >= (error.signal === SIGKILL ? KILLS : LIVES)) throw error;
			}
		}
	}

	private attempt(program: Program, schedules: readonly Schedule[]): Execution[] {
		const executions: Execution[] = [];
		while (executions.length < schedules.length) {
			const memory = this.loaded(program);
			const asked = writeSchedules(memory, schedules, executions.length);
			memory.words[OFFSET] = 0;
			memory.words[LENGTH] = asked;
			this.request(memory, 'execute');
			const done = memory.words[DONE]!;
			const answers = this.reader(memory, program).read(done);
			if (executions.length === 0 && done === schedules.length) return answers;
			for (const answer of answers) executions.push(answer);
		}
		return executions;
	}

	stop(): void {
		if (this.memory) this.addon.stop(this.memory.buffer);
		this.memory = null;
		this.program = null;
	}

	private running(): Memory {
		if (this.memory) return this.memory;
		this.memory = memoryOf(this.addon.start(this.tree.path));
		const status = this.request(this.memory, 'boot');
		if (status !== 0) {
			this.stop();
			throw new Error(`the tree does not boot: ${resultName(status)}`);
		}
		return this.memory;
	}

	private loaded(program: Program): Memory {
		const memory = this.running();
		if (this.program !== program) this.load(memory, program);
		return memory;
	}

	private reader(memory: Memory, program: Program): Reader {
		const start = memory.words.slice(START, START + HEADER_WORDS);
		const names = new Names(this.tree.lines, objectNames(memory), program);
		return new Reader(memory.output, names, start);
	}

	private load(memory: Memory, program: Program): void {
		const words = encode(program);
		if (words.length * 4 > INPUT_SIZE) throw new Error('the program is too large to run natively');
		memory.words.set(words, INPUT);
		memory.words[LENGTH] = words.length;
		this.program = null;
		const status = this.request(memory, 'load');
		if (status > 0) throw new Error(`setup ends in a ${faults[status - 1]}`);
		if (status < 0) throw new Error('the program has a call that this tree lacks');
		this.program = program;
	}

	private request(memory: Memory, command: keyof typeof commands): number {
		memory.words[COMMAND] = commands[command];
		const death = this.addon.request(memory.buffer);
		if (death === 0) return memory.words[STATUS]!;
		this.stop();
		throw new DeathError(deathText(death), death);
	}
}

function deathText(death: number): string {
	if (death < 0) return 'the process of the tree stood still and was killed';
	if (death >= 256) return `the process of the tree exited with ${death - 256}`;
	const name = Object.entries(constants.signals).find(([, number]) => number === death)?.[0];
	return `the process of the tree died of ${name ?? `signal ${death}`}`;
}
