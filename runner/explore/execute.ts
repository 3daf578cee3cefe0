// SPDX-License-Identifier: MIT
/** Has schedules executed until a deadline, and trusts nothing that comes back. */
import type { Execution, Implementation } from '../../implementations/implementation';
import type { Event } from '../../schema/types/execution';
import type { Program } from '../../schema/types/program';
import { validator } from '../library/schemas';
import { assertFollows, ContractError } from './contract';
import { choicesOf } from './schedule';

/** The implementation did not answer, or the exploration did not end, in time. */
export class TimeoutError extends Error {}

/** The same schedule had two different executions. */
export class NondeterminismError extends ContractError {}

export type Execute = (schedules: number[][]) => Promise<Execution[]>;

export interface Executor {
	/** Executes schedules; what comes back is valid, and is what was asked for. */
	readonly execute: Execute;
	/** Executes the program some times, each in whatever order it happens to run; that order is then checked. */
	free(count: number): Promise<Execution[]>;
	/** Executes what was executed once more: what differs then is not decided by the schedule. */
	replay(executions: readonly Execution[]): Promise<void>;
}

/** Executes schedules of one program; timeout is in milliseconds from now on. */
export function executor(
	implementation: Implementation,
	program: Program,
	timeout: number,
): Executor {
	const deadline = Date.now() + timeout;
	const ask: Execute = async (schedules) => {
		const answer = implementation.execute(program, schedules);
		const executions = await (answer instanceof Promise ? before(deadline, answer) : answer);
		if (Date.now() > deadline) throw new TimeoutError(`no end after ${timeout} ms`);
		if (!Array.isArray(executions) || executions.length !== schedules.length)
			throw new ContractError(`${schedules.length} schedules did not give as many executions`);
		return executions;
	};
	const valid = validator('execution');
	const check = (execution: Execution): void => {
		if (valid(execution)) return;
		const [error] = valid.errors!;
		throw new ContractError(`malformed execution: ${error!.instancePath} ${error!.message}`);
	};
	return {
		async execute(schedules) {
			const executions = await ask(schedules);
			executions.forEach((execution, index) => {
				check(execution);
				assertFollows(program, schedules[index]!, execution);
			});
			return executions;
		},
		async free(count) {
			const executions = await ask(Array.from({ length: count }, () => []));
			for (const execution of executions) {
				check(execution);
				assertFollows(program, choicesOf(execution), { ...execution, diverged: null });
			}
			return executions;
		},
		async replay(executions) {
			if (executions.length === 0) return;
			const again = await ask(executions.map(choicesOf));
			again.forEach((execution, index) => {
				// That it took too long says nothing of what it does.
				if (isLate(execution)) assertFollows(program, choicesOf(executions[index]!), execution);
			});
			// What equals a valid execution is valid, so it is not validated a second time.
			if (!executions.every((execution, index) => same(execution, again[index])))
				throw new NondeterminismError('the same schedule had two different executions');
		},
	};
}

async function before<T>(deadline: number, answer: Promise<T>): Promise<T> {
	let timer: NodeJS.Timeout | undefined;
	const late = new Promise<never>((_, reject) => {
		const left = Math.max(deadline - Date.now(), 0);
		timer = setTimeout(() => reject(new TimeoutError('no answer in time')), left);
	});
	try {
		return await Promise.race([answer, late]);
	} finally {
		clearTimeout(timer);
	}
}

/** It may be anything. */
const isLate = (execution: Execution | undefined): boolean => execution?.diverged?.why === 'late';

/** The second one may be anything. */
function same({ events, ...rest }: Execution, again: Execution | undefined): boolean {
	if (!Array.isArray(again?.events)) return false;
	const { events: others, ...otherRest } = again;
	return (
		events.length === others.length &&
		events.every((event, index) => sameEvent(event, others[index])) &&
		JSON.stringify(rest) === JSON.stringify(otherRest)
	);
}

const sameEvent = (a: Event, b: Event | undefined): boolean =>
	b !== undefined &&
	b !== null &&
	a.agent === b.agent &&
	a.op === b.op &&
	a.object === b.object &&
	a.marked === b.marked &&
	a.old === b.old &&
	a.new === b.new &&
	a.site === b.site &&
	a.function === b.function &&
	a.source === b.source &&
	a.enabled.length === b.enabled?.length &&
	a.enabled.every((agent, index) => agent === b.enabled[index]);
