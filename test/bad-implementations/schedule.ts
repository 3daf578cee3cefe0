// SPDX-License-Identifier: MIT
import type { Execution } from '../../implementations/implementation';
import { altered, type Bad, executing, good, isRace } from './bad';

const run = (program: Parameters<typeof good.execute>[0], schedule: readonly number[]) =>
	(good.execute(program, [schedule]) as Execution[])[0]!;

export const ignoresSchedule: Bad = {
	about: 'ignores the schedule',
	verdict: 'error',
	reason: /^event \d+ is of agent \d, the schedule says \d$/,
	where: isRace,
	open: () => executing((_, program) => run(program, [])),
};

/** Switches at every event after the schedule, like a fair scheduler. */
export const goesOnItsOwnWay: Bad = {
	about: 'switches agents after the schedule',
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
	about: 'reports that it could not follow the schedule',
	verdict: 'not-run',
	reason: /^schedule not realised: choice 0 \(\w+\) blocked$/,
	open: () =>
		altered((execution) => {
			execution.diverged = { at: 0, agent: 0, why: 'blocked' };
		}),
};

/** Is late at every repetition, like a machine that becomes busy. */
export const lateAgain: Bad = {
	about: 'is late when a schedule is repeated',
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
