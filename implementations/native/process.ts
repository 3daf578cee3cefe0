// SPDX-License-Identifier: MIT
/** Runs a tree in a process of its own, with requests and answers in shared memory. */
import type { CallName } from '../../schema/types/common';
import type { Execution } from '../../schema/types/execution';
import type { Program } from '../../schema/types/program';
import { NoAnswer, type Schedule } from '../implementation';
import { repeatSync } from '../restarts';
import { notRun } from '../unavailable';
import {
	CALLS,
	COMMAND,
	calls,
	commands,
	DONE,
	HEADER_WORDS,
	INPUT,
	INPUT_SIZE,
	LENGTH,
	NAMES,
	OFFSET,
	REFUSED,
	START,
	STATUS,
} from './abi';
import { MALFORMED, Reader } from './execution';
import type { Machine } from './machine';
import { answerIn, type Memory, memoryOf, objectNames, wordAt, writeSchedules } from './memory';
import { Names } from './names';
import { bootError, deathText, faultText, refusedAtBoot } from './process-errors';
import { encode } from './program';
import { type Runs, runsIn } from './runs';
import type { CompiledTree } from './tree';

/** Result of a load by a tree that allocates no second device. */
const NO_LOG = -2;

/** The process of a compiled tree. The first request starts it, and so does a request after its death. */
export class TreeProcess {
	private memory: Memory | null = null;
	private program: Program | null = null;
	private known: { readonly objects: number; readonly reader: Reader } | null = null;

	constructor(
		private readonly machine: Machine,
		private readonly tree: CompiledTree,
		/** False for a tree that may make any system call. */
		private readonly confined = true,
	) {}

	/** The calls that the tree has. Throws Unavailable when the tree does not boot. */
	calls(): CallName[] {
		try {
			const set = repeatSync(() => wordAt(this.running().words, CALLS));
			return calls.filter((_, index) => set & (1 << index));
		} catch (error) {
			if (!(error instanceof NoAnswer)) throw error;
			throw notRun(`${error.message} while it booted: look at the initcalls of its super.c`);
		}
	}

	/** Executes the program once for each schedule. Throws NoAnswer when the tree's code ends its process. */
	execute(program: Program, schedules: readonly Schedule[]): Execution[] {
		return repeatSync(() => this.executeAll(program, schedules));
	}

	/** Executes the choices of executions again; gives the same objects where the new words are those of the old ones. */
	repeat(program: Program, executions: readonly Execution[]): Execution[] {
		const schedules = executions.map(({ events }) => events.map(({ agent }) => agent));
		return repeatSync(() => this.executeAll(program, schedules, executions));
	}

	/** The device when the threads start. Throws NoAnswer. */
	start(program: Program): Execution['device'] {
		return repeatSync(() => this.reader(this.loaded(program), program).start);
	}

	/** Runs one thread by itself: machine/paths.h has the request. Throws NoAnswer. */
	runPaths(program: Program, request: readonly number[]): Runs {
		const memory = this.loaded(program);
		memory.words.set(request, INPUT);
		memory.words[LENGTH] = request.length;
		this.request(memory, 'isolated');
		const words = answerIn(memory);
		const runs = runsIn(words, wordAt(memory.words, DONE));
		return { words, runs, reader: this.reader(memory, program) };
	}

	stop(): void {
		if (this.memory) this.machine.addon.stop(this.memory.buffer);
		this.memory = null;
		this.program = null;
		this.known = null;
	}

	/** Executes in as many requests as the schedules need to fit into the shared memory. */
	private executeAll(
		program: Program,
		schedules: readonly Schedule[],
		earlier: readonly Execution[] = [],
	): Execution[] {
		const executions: Execution[] = [];
		while (executions.length < schedules.length) {
			const memory = this.loaded(program);
			const from = executions.length;
			const asked = writeSchedules(memory, schedules, from);
			memory.words[OFFSET] = 0;
			memory.words[LENGTH] = asked;
			this.request(memory, 'execute');
			const done = wordAt(memory.words, DONE);
			if (done < 1 || done > asked) throw new NoAnswer('crash', MALFORMED);
			const reader = this.reader(memory, program);
			const answers = reader.read(answerIn(memory), done, earlier.slice(from, from + done));
			if (from === 0 && done === schedules.length) return answers;
			for (const answer of answers) executions.push(answer);
		}
		return executions;
	}

	private running(): Memory {
		if (this.memory) return this.memory;
		const { addon, command } = this.machine;
		const words = [...command, this.confined ? '1' : '0'];
		this.memory = memoryOf(addon.start(this.tree.path, words));
		const status = this.request(this.memory, 'boot');
		if (status !== 0) {
			this.stop();
			throw bootError(status, this.tree);
		}
		return this.memory;
	}

	/** The shared memory of a process that has loaded the program. */
	private loaded(program: Program): Memory {
		const memory = this.running();
		if (this.program !== program) this.load(memory, program);
		return memory;
	}

	/** The reader of the program that is loaded. Its executions add names of objects. */
	private reader(memory: Memory, program: Program): Reader {
		const objects = wordAt(memory.words, NAMES);
		if (this.known?.objects !== objects) {
			const start = memory.words.slice(START, START + HEADER_WORDS);
			const { lines } = this.tree;
			const names = new Names(lines, objectNames(memory), program, this.machine.systemCalls);
			this.known = { objects, reader: new Reader(names, start, program) };
		}
		return this.known.reader;
	}

	private load(memory: Memory, program: Program): void {
		const words = encode(program);
		if (words.length * 4 > INPUT_SIZE) throw new Error('the program is too large to run natively');
		memory.words.set(words, INPUT);
		memory.words[LENGTH] = words.length;
		this.program = null;
		this.known = null;
		const status = this.request(memory, 'load');
		if (status === NO_LOG)
			throw new NoAnswer('crash', 'the tree allocates no second device: look at its alloc_dax()');
		if (status > 0)
			throw this.setUpError(
				program,
				faultText(status - 1, wordAt(memory.words, REFUSED), this.machine.systemCalls),
			);
		if (status < 0) throw new Error('the program has a call that this tree lacks');
		this.program = program;
	}

	/** Repeats the setup as a thread, because its records tell whether it reached an unknown word. */
	private setUpError(program: Program, fault: string): Error {
		const { setup } = program;
		if (setup.length > 0 && this.tree.reachable.length > 0)
			try {
				this.executeAll({ ...program, setup: [], threads: [{ name: 'setup', calls: setup }] }, [
					[],
				]);
			} catch (error) {
				if (error instanceof NoAnswer) return error;
				throw error;
			}
		return new Error(`setup ends in a ${fault}`);
	}

	private request(memory: Memory, command: keyof typeof commands): number {
		memory.words[COMMAND] = commands[command];
		const death = this.machine.addon.request(memory.buffer);
		if (death === 0) return wordAt(memory.words, STATUS);
		const refused = wordAt(memory.words, REFUSED);
		this.stop();
		if (command === 'boot' && refused !== 0) throw refusedAtBoot(refused, this.machine.systemCalls);
		throw new NoAnswer('crash', deathText(death));
	}
}
