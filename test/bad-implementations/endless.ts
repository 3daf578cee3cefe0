// SPDX-License-Identifier: MIT
import { altered, answering, type Bad, good } from './bad';

export const neverAnswers: Bad = {
	about: 'never answers',
	verdict: 'timeout',
	reason: /^no answer in time$/,
	timeout: 50,
	open: () => answering(() => new Promise(() => {})),
};

export const answersLate: Bad = {
	about: 'answers after the time limit',
	verdict: 'timeout',
	reason: /^no answer in time$/,
	timeout: 50,
	open: () =>
		answering(async (program, schedules) => {
			await new Promise((resolve) => setTimeout(resolve, 200));
			return good.execute(program, schedules);
		}),
};

/** Computes synchronously, so that the runner can only reject its late answer. */
export const computesTooLong: Bad = {
	about: 'computes past the time limit',
	verdict: 'timeout',
	reason: /^no end after 50 ms$/,
	timeout: 50,
	open: () =>
		answering((program, schedules) => {
			const end = Date.now() + 60;
			while (Date.now() < end);
			return good.execute(program, schedules);
		}),
};

/** Repeats an event in a well-formed execution of 100,000 events. */
export const endlessExecution: Bad = {
	about: 'gives an execution of 100,000 events',
	verdict: 'error',
	reason: /./,
	timeout: 2_000,
	open: () =>
		altered((execution) => {
			const [first, ...rest] = execution.events;
			if (!first) return;
			const spin = { ...first, op: 'read' as const, object: 'jiffies', old: null, new: null };
			execution.events = [first, ...new Array(100_000).fill(spin), ...rest];
		}),
};
