// SPDX-License-Identifier: MIT
/** An implementation that must be caught, and how. */
import type { Execution, Implementation, Schedule } from '../../implementations/implementation';
import { openReference } from '../../implementations/reference';
import type { Case } from '../../runner/library/compile';
import type { Program } from '../../schema/types/program';
import type { Verdict } from '../../schema/types/report';

export interface Bad {
	/** What it does wrong, as the name of a test. */
	readonly about: string;
	readonly verdict: Verdict;
	/** What the reason has to say. */
	readonly reason: RegExp;
	/** Where it goes wrong; everywhere by default. */
	where?(test: Case): boolean;
	/** Milliseconds that it is given; long enough by default. */
	readonly timeout?: number;
	/** A new one each time: some of them remember what they did. */
	open(): Implementation;
}

/** The model of upstream, whose executions are changed before they are given back. */
export function altered(
	change: (execution: Execution, schedule: Schedule, program: Program) => unknown,
): Implementation {
	return executing((schedule, program) => {
		const execution = structuredClone(good.execute(program, [schedule]) as Execution[])[0]!;
		change(execution, schedule, program);
		return execution;
	});
}

/** Executes schedules one by one in a way of its own. */
export function executing(
	execute: (schedule: Schedule, program: Program) => Execution,
): Implementation {
	return answering((program, schedules) => schedules.map((schedule) => execute(schedule, program)));
}

/** Answers in a way of its own, which may have nothing to do with executions. */
export function answering(
	answer: (program: Program, schedules: readonly Schedule[]) => unknown,
): Implementation {
	return { ...good, address: 'bad', execute: answer as Implementation['execute'] };
}

export const good = openReference()!;

/** With several threads there is something to schedule. */
export const isRace = ({ program }: Case): boolean => program.threads.length > 1;
