// SPDX-License-Identifier: MIT
/** Drives a program through a named order: finds the schedule of the order, step by step. */
import type { Event, Execution } from '../../schema/types/execution';
import type { Order, Stop } from '../../schema/types/vector';
import type { Case } from '../library/compile';
import { isAt } from '../library/observation';
import { NotRealised } from './contract';
import type { ExecuteOne } from './execute';
import { pointOf } from './points';
import { choicesOf } from './schedule';
import { stepsText } from './stops';

/** Throws NotRealised, naming the step, when the order cannot be followed. */
export async function drive(test: Case, order: Order, executeOne: ExecuteOne): Promise<Execution> {
	let prefix: number[] = [];
	let execution = await executeOne(prefix);
	const runs = order.steps.map(({ run }) => run);
	for (const [index, { run, until }] of order.steps.entries()) {
		const agent = execution.agents.indexOf(run);
		const next = execution.events[prefix.length];
		const notRealised = (what: string, isBlocked: boolean) => {
			const why = `${what}${run} ${isBlocked ? 'is blocked' : 'has ended'}`;
			const stops = stepsText(runs, index, isBlocked ? 'blocked' : 'missed');
			return new NotRealised(
				`step ${index + 1} (run ${run}) not realised: ${why}; stops: ${stops}`,
			);
		};
		if (!next?.enabled.includes(agent))
			throw notRealised('', !hasEnded(execution, prefix.length, agent));

		execution = await executeOne([...prefix, agent]);
		const end = runEnd(execution, prefix.length, agent);
		const length = stopAt(test, { execution, agent, start: prefix.length, end }, until);
		if (length === null) {
			const blocked = end < execution.events.length || execution.blocked.length > 0;
			throw notRealised('stop missed, ', blocked && !hasEnded(execution, end, agent));
		}
		prefix = choicesOf(execution).slice(0, length);
	}
	return executeOne(prefix);
}

/** The events of an agent that follow each other without another agent's: start to end, end excluded. */
interface Run {
	readonly execution: Execution;
	readonly agent: number;
	readonly start: number;
	readonly end: number;
}

/** Returns the number of events after which a run reaches a stop; null when it never does. */
function stopAt(test: Case, run: Run, stop: Stop | undefined): number | null {
	const { execution, agent, start, end } = run;
	const ended = hasEnded(execution, end, agent);
	if (!stop) return ended ? end : null;
	if (stop.blocked) return ended ? null : end;

	const events = execution.events.slice(start, end);
	if (stop.returned !== undefined) {
		const moment = pointOf(test, stop.returned).end;
		const index = events.findIndex((event) => isAt(moment, event));
		return index < 0 ? null : start + index + 1;
	}
	let left = stop.nth ?? 1;
	const index = events.findIndex((event) => touches(event, stop) && --left === 0);
	if (index < 0) return null;
	return start + (stop.after === undefined ? index : index + 1);
}

function touches({ op, object }: Event, { after, before, how }: Stop): boolean {
	if (op === 'call' || op === 'return' || object !== (after ?? before)) return false;
	return how === undefined || how === op;
}

/** The index of the first event of another agent from start on; the number of events when there is none. */
function runEnd({ events }: Execution, start: number, agent: number): number {
	const index = events.findIndex((event, at) => at >= start && event.agent !== agent);
	return index < 0 ? events.length : index;
}

/** True if the agent has no event from an index on and is not blocked. */
function hasEnded({ events, blocked }: Execution, index: number, agent: number): boolean {
	return (
		!events.some((event, at) => at >= index && event.agent === agent) &&
		!blocked.some((each) => each.agent === agent)
	);
}
