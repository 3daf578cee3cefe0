// SPDX-License-Identifier: MIT
import type { Execution } from '../../implementations/implementation';
import { altered, type Bad, executing, good, isRace } from './bad';

const run = (program: Parameters<typeof good.execute>[0], schedule: readonly number[]) =>
	(good.execute(program, [schedule]) as Execution[])[0]!;

/** Where there is nothing to schedule, none of these goes wrong. */
export const ignoresSchedule: Bad = {
	about: 'ignores the schedule',
	verdict: 'error',
	reason: /^event \d+ is of agent \d, the schedule says \d$/,
	where: isRace,
	open: () => executing((_, program) => run(program, [])),
};

/** After the schedule it switches at every event, as a fair scheduler would. */
export const goesOnItsOwnWay: Bad = {
	about: 'goes on by a rule of its own after the schedule',
	verdict: 'error',
	reason: /^event \d+ is of agent \d, the schedule says \d$/,
	where: isRace,
	open: () =>
		executing((schedule, program) => {
			const choices = [...schedule];
			let execution = run(program, choices);
			while (choices.length < execution.events.length) {
				const { enabled } = execution.events[choices.length]!;
				const last = choices.at(-1) ?? -1;
				choices.push(enabled.find((agent) => agent > last) ?? enabled[0]!);
				execution = run(program, choices);
			}
			return execution;
		}),
};

export const saysDiverged: Bad = {
	about: 'says that it could not follow the schedule',
	verdict: 'not-run',
	reason: /^schedule not realised: choice 0 \(\w+\) blocked$/,
	open: () =>
		altered((execution) => {
			execution.diverged = { at: 0, agent: 0, why: 'blocked' };
		}),
};

/** Not its fault: a machine is busy, and everything after the first answers takes too long. */
export const lateAgain: Bad = {
	about: 'does in time what it cannot do in time again',
	verdict: 'not-run',
	reason: /^schedule not realised: choice 1 \(\w+\) late; stops: .*missed at 1/,
	open() {
		const known = new Set<string>();
		return altered((execution, schedule) => {
			const wanted = String(schedule);
			if (known.has(wanted)) execution.diverged = { at: 1, agent: 0, why: 'late' };
			known.add(wanted).add(String(execution.events.map(({ agent }) => agent)));
		});
	},
};
