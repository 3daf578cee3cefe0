// SPDX-License-Identifier: MIT
/** Interface of a bad implementation, with the verdict that the runner must give. */
import type { Execution, Implementation, Schedule } from '../../implementations/implementation';
import { openReference } from '../../implementations/reference';
import type { Case } from '../../runner/library/compile';
import type { Program } from '../../schema/types/program';
import type { Verdict } from '../../schema/types/report';

export interface Bad {
	/** Its defect, as part of a test name. */
	readonly about: string;
	readonly verdict: Verdict;
	/** Matches the reason of the verdict. */
	readonly reason: RegExp;
	/** True for cases that show the defect; default: all. */
	where?(test: Case): boolean;
	/** Time limit in milliseconds; the default is long enough. */
	readonly timeout?: number;
	/** Opens a new one, because some keep state. */
	open(): Implementation;
}

/** The model of upstream with changed executions. */
export function altered(
	change: (execution: Execution, schedule: Schedule, program: Program) => unknown,
): Implementation {
	return executing((schedule, program) => {
		const execution = structuredClone(good.execute(program, [schedule]) as Execution[])[0]!;
		change(execution, schedule, program);
		return execution;
	});
}

/** An implementation that executes each schedule with a given function. */
export function executing(
	execute: (schedule: Schedule, program: Program) => Execution,
): Implementation {
	return answering((program, schedules) => schedules.map((schedule) => execute(schedule, program)));
}

/** An implementation whose execute() is a given function, which may return anything. */
export function answering(
	answer: (program: Program, schedules: readonly Schedule[]) => unknown,
): Implementation {
	return { ...good, address: 'bad', tested: false, execute: answer as Implementation['execute'] };
}

export const good = openReference()!;

/** True for a case with several threads. */
export const isRace = ({ program }: Case): boolean => program.threads.length > 1;
