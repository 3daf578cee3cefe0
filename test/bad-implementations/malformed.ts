// SPDX-License-Identifier: MIT
import { altered, answering, type Bad, good } from './bad';

/** Executions that the schema refuses. */
const malformed = (about: string, reason: RegExp, change: Parameters<typeof altered>[0]): Bad => ({
	about,
	verdict: 'error',
	reason,
	open: () => altered(change),
});

export const missingKey = malformed(
	'omits a key',
	/^malformed execution: {2}must have required property 'warnings'$/,
	(execution) => {
		delete (execution as Partial<typeof execution>).warnings;
	},
);

export const wrongType = malformed(
	'gives a number as text',
	/^malformed execution: \/device\/refs must be integer$/,
	(execution) => {
		execution.device.refs = '0' as never;
	},
);

export const extraKey = malformed(
	'adds an unknown key',
	/^malformed execution: \/events\/0 must NOT have additional properties$/,
	(execution) => {
		Object.assign(execution.events[0]!, { note: 'mine' });
	},
);

export const nullExecution: Bad = {
	about: 'gives null for an execution',
	verdict: 'error',
	reason: /^malformed execution: {2}must be object$/,
	open: () => answering((_, schedules) => schedules.map(() => null)),
};

const NO_LIST = /^\d+ schedules did not give as many executions$/;

export const fewer: Bad = {
	about: 'gives fewer executions than asked for',
	verdict: 'error',
	reason: NO_LIST,
	open: () =>
		answering((program, schedules) =>
			[...(good.execute(program, schedules) as unknown[])].slice(1),
		),
};

export const more: Bad = {
	about: 'gives more executions than asked for',
	verdict: 'error',
	reason: NO_LIST,
	open: () =>
		answering((program, schedules) => good.execute(program, [...schedules, ...schedules])),
};

export const noList: Bad = {
	about: 'gives no list',
	verdict: 'error',
	reason: NO_LIST,
	open: () => answering(() => undefined),
};
