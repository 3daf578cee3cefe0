// SPDX-License-Identifier: MIT
/** Executes schedules ahead of their turn, where a request takes longer than an execution. */
import type { Execution } from '../../implementations/implementation';

/** Executions ahead of their turn in one request, so that a search that is stopped has done little in vain. */
const MAX_EARLY = 32;

/** Gives at most so many schedules that a search will ask for, each once. */
export type Ahead = (most: number) => number[][];

/** Executes schedules; without a promise where the implementation answers at once. */
type Ask = (schedules: number[][]) => Execution[] | Promise<Execution[]>;

/** Adds schedules to requests, and keeps their executions until they are asked for. */
export function withEarly(ask: Ask, ahead: Ahead): Ask {
	const early = new Map<string, Execution>();
	const take = (schedule: number[]): Execution => {
		const key = keyOf(schedule);
		const execution = early.get(key) as Execution;
		early.delete(key);
		return execution;
	};
	return (schedules) => {
		const missing = schedules.filter((each) => !early.has(keyOf(each)));
		if (missing.length === 0) return schedules.map(take);
		const wanted = [...missing, ...ahead(MAX_EARLY)];
		const keep = (executions: Execution[]): Execution[] => {
			for (let index = 0; index < wanted.length; index++)
				early.set(keyOf(wanted[index]!), executions[index]!);
			return schedules.map(take);
		};
		const answer = ask(wanted);
		return answer instanceof Promise ? answer.then(keep) : keep(answer);
	};
}

/** One character for each agent: a list of numbers as text takes as long as its execution. */
const keyOf = (schedule: readonly number[]): string =>
	String.fromCharCode.apply(null, schedule as number[]);
