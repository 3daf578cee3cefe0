// SPDX-License-Identifier: MIT
/** Converts a process of a litmus test to code that memory models run on any values of its reads. */
import type { Action, Code, Run } from '../../runner/memory/action';
import type { Value } from '../../schema/types/execution';
import { Interpreter } from './interpret';
import type { Source } from './source';
import type { Process } from './syntax';
import type { Steps } from './thread';

/** The registers of a process at its end. */
export type Registers = ReadonlyMap<string, Value>;

/** @param mayWrite  true for the locations that the process can write */
export function codeOf(
	source: Source,
	process: Process,
	mayWrite: (location: string) => boolean,
): Code<Registers> {
	const run = (values: readonly Value[]): Run<Registers> => {
		const interpreter = new Interpreter(source, process);
		const registers = () =>
			new Map([...interpreter.thread.registers].map(([name, { value }]) => [name, value]));
		return runOn(interpreter.run(), values, registers);
	};
	return { mayWrite, run, path: (values) => run(values).actions };
}

/** Runs steps with these values of reads, to the end or to the first read without a value. */
export function runOn<End>(
	steps: Steps<unknown>,
	values: readonly Value[],
	end: () => End,
): Run<End> {
	const actions: Action[] = [];
	const unused = values.values();
	for (let step = steps.next(); !step.done; ) {
		actions.push(step.value);
		if (step.value.kind !== 'read') {
			step = steps.next(null);
			continue;
		}
		const { value, done } = unused.next();
		if (done) return { actions, end: null };
		step = steps.next(value);
	}
	return { actions, end: end() };
}
