// SPDX-License-Identifier: MIT
/**
 * Executes schedules until a deadline, and validates each execution against schema and contract; of an implementation
 * whose tests do so, the first execution.
 */
import {
	type Execution,
	type Implementation,
	NoAnswer,
} from '../../implementations/implementation';
import type { Event } from '../../schema/types/execution';
import type { Program } from '../../schema/types/program';
import { validator } from '../library/schemas';
import { assertFollows, ContractError } from './contract';
import { type Ahead, withEarly } from './early';
import { same } from './same';
import { choicesOf } from './schedule';

/** Without a promise where the implementation computes in this process, because a promise costs as much as an execution. */
export type Execute = (schedules: number[][]) => Execution[] | Promise<Execution[]>;
export type ExecuteOne = (schedule: number[]) => Promise<Execution>;

/** Programs of which an execution was checked. */
const checked = new WeakSet<Program>();

/** Every function throws ContractError, NotRealised, NoAnswer (timeout), or an error of the implementation. */
export interface Executor {
	/** Returns one valid execution a schedule, in order. */
	readonly execute: Execute;
	readonly executeOne: ExecuteOne;
	/** Executes the program freely, count times, and validates each execution against the order that it had. */
	free(count: number): Promise<Execution[]>;
	/**
	 * Executes the choices of executions again; throws ContractError when an execution differs (nondeterminism). null where
	 * tests do so.
	 */
	readonly replay: ((executions: readonly Execution[]) => Promise<void>) | null;
}

/**
 * Makes an executor of one program; timeout is in milliseconds from now on, for all that it executes. ahead gives
 * schedules that execute() will be given later: they are executed with the next request.
 */
export function executor(
	implementation: Implementation,
	program: Program,
	timeout: number,
	ahead?: Ahead,
): Executor {
	const deadline = Date.now() + timeout;
	const answered = (
		answer: Execution[] | Promise<Execution[]>,
		count: number,
	): Execution[] | Promise<Execution[]> => {
		if (answer instanceof Promise)
			return before(deadline, answer).then((executions) => answered(executions, count));
		if (Date.now() > deadline) throw new NoAnswer('timeout', `no end after ${timeout} ms`);
		if (!Array.isArray(answer) || answer.length !== count)
			throw new ContractError(`${count} schedules did not give as many executions`);
		return answer;
	};
	const ask: Execute = (schedules) =>
		answered(implementation.execute(program, schedules), schedules.length);
	const askAgain = (executions: readonly Execution[]) =>
		implementation.repeat
			? answered(implementation.repeat(program, executions), executions.length)
			: ask(executions.map(choicesOf));
	const request = ahead ? withEarly(ask, ahead) : ask;
	const conforms = validator('execution');
	let last: Execution | undefined;
	const valid = (execution: Execution | undefined): Execution => {
		const known = last?.events;
		if (conforms(known && execution ? withoutKnown(execution, known) : execution)) {
			last = execution;
			return execution as Execution;
		}
		const [error] = conforms.errors ?? [];
		throw new ContractError(`malformed execution: ${error?.instancePath} ${error?.message}`);
	};
	const check = (schedule: number[], execution: Execution | undefined): Execution => {
		if (implementation.tested && checked.has(program) && execution?.diverged === null)
			return execution;
		assertFollows(program, schedule, valid(execution));
		checked.add(program);
		return execution as Execution;
	};
	const execute: Execute = (schedules) => {
		const checkAll = (executions: Execution[]) =>
			schedules.map((schedule, index) => check(schedule, executions[index]));
		const answer = request(schedules);
		return answer instanceof Promise ? answer.then(checkAll) : checkAll(answer);
	};
	const replay = async (executions: readonly Execution[]) => {
		if (executions.length === 0) return;
		const again = await askAgain(executions);
		for (const [index, execution] of executions.entries()) {
			const other = again[index];
			// An execution that the adapter gave up for time is not realised, and no sign of nondeterminism.
			if (other?.diverged?.why === 'late') assertFollows(program, choicesOf(execution), other);
		}
		// An execution equal to a valid one is valid.
		if (!executions.every((execution, index) => same(execution, again[index])))
			throw new ContractError('the same schedule had two different executions');
	};
	return {
		execute,
		async executeOne(schedule) {
			const [execution] = await execute([schedule]);
			if (!execution) throw new ContractError('one schedule gave no execution');
			return execution;
		},
		async free(count) {
			const executions = await ask(Array.from({ length: count }, () => []));
			for (const execution of executions)
				assertFollows(program, choicesOf(valid(execution)), { ...execution, diverged: null });
			return executions;
		},
		replay: implementation.tested ? null : replay,
	};
}

/** An execution without the events at its beginning that are the same objects as valid ones. */
function withoutKnown(execution: Execution, known: readonly Event[]): Execution {
	const { events } = execution;
	if (events?.[0] === undefined || events[0] !== known[0]) return execution;
	let same = 1;
	while (same < events.length && events[same] === known[same]) same++;
	return { ...execution, events: events.slice(same) };
}

async function before<T>(deadline: number, answer: Promise<T>): Promise<T> {
	let timer: NodeJS.Timeout | undefined;
	const late = new Promise<never>((_, reject) => {
		const left = Math.max(deadline - Date.now(), 0);
		timer = setTimeout(() => reject(new NoAnswer('timeout', 'no answer in time')), left);
	});
	try {
		return await Promise.race([answer, late]);
	} finally {
		clearTimeout(timer);
	}
}
