// SPDX-License-Identifier: MIT
import type { Execution } from '../../implementations/implementation';
import { altered, type Bad, executing, good, isRace } from './bad';

const REASON = /^the same schedule had two different executions$/;

export const otherEvents: Bad = {
	about: 'has other events each time',
	verdict: 'error',
	reason: REASON,
	open() {
		let runs = 0;
		return altered(({ events }) => {
			events.at(-1)!.source = `super.c:${runs++}`;
		});
	},
};

/** Has the same events and different final devices. */
export const otherResults: Bad = {
	about: 'has other results each time',
	verdict: 'error',
	reason: REASON,
	open() {
		let runs = 0;
		return altered(({ device }) => {
			device.refs += runs++ % 2;
		});
	},
};

/** Gives null for every second execution. */
export const nothingAgain: Bad = {
	about: 'gives null the second time',
	verdict: 'error',
	reason: /^(the same schedule had two different executions|malformed execution: +must be object)$/,
	open() {
		let runs = 0;
		return executing((schedule, program) => {
			const [execution] = good.execute(program, [schedule]) as Execution[];
			return runs++ % 2 === 0 ? execution! : (null as never);
		});
	},
};

/** Warns after a preemption, without an event for it: equivalent interleavings have different warnings. */
export const hiddenState: Bad = {
	about: 'depends on state that its events do not show',
	verdict: 'error',
	reason:
		/^two linearisations of one trace differ in .*: the implementation depends on more than its events say$/,
	where: isRace,
	open: () =>
		altered(({ events, warnings }) => {
			const preempted = events.findIndex(
				({ agent, enabled }, index) =>
					index > 0 &&
					agent !== events[index - 1]!.agent &&
					enabled.includes(events[index - 1]!.agent),
			);
			if (preempted > 0) warnings.push({ function: 'fs_put_dax', agent: 0, event: preempted });
		}),
};
