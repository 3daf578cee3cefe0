// SPDX-License-Identifier: MIT
/** Drives a program through a named order: finds, step by step, the schedule that it stands for. */
import type { Event, Execution } from '../../schema/types/execution';
import type { Order, Stop } from '../../schema/types/vector';
import type { Case } from '../library/compile';
import { isAt } from '../library/observation';
import { NotRealisedError } from './contract';
import type { Execute } from './execute';
import { choicesOf } from './schedule';
import { stepsOf } from './stops';

/** Throws NotRealisedError, naming the step, when the order cannot be followed. */
export async function drive(test: Case, order: Order, execute: Execute): Promise<Execution> {
	let prefix: number[] = [];
	let execution = (await execute([prefix]))[0]!;
	const runs = order.steps.map(({ run }) => run);
	for (const [index, { run, until }] of order.steps.entries()) {
		const agent = execution.agents.indexOf(run);
		const next = execution.events[prefix.length];
		const notRealised = (what: string, isBlocked: boolean) => {
			const why = `${what}${run} ${isBlocked ? 'is blocked' : 'has ended'}`;
			const stops = stepsOf(runs, index, isBlocked ? 'blocked' : 'missed');
			return new NotRealisedError(
				`step ${index + 1} (run ${run}) not realised: ${why}; stops: ${stops}`,
			);
		};
		if (!next?.enabled.includes(agent))
			throw notRealised('', !hasEnded(execution, prefix.length, agent));

		execution = (await execute([[...prefix, agent]]))[0]!;
		const length = stopAt(test, execution, prefix.length, agent, until);
		if (length === null) {
			const last = runEnd(execution, prefix.length, agent);
			const blocked = last < execution.events.length || execution.blocked.length > 0;
			throw notRealised('stop missed, ', blocked && !hasEnded(execution, last, agent));
		}
		prefix = choicesOf(execution).slice(0, length);
	}
	return (await execute([prefix]))[0]!;
}

/** The number of events after which the agent is where it has to stop; null when it never is. */
function stopAt(
	test: Case,
	execution: Execution,
	start: number,
	agent: number,
	stop: Stop | undefined,
): number | null {
	const end = runEnd(execution, start, agent);
	const ended = hasEnded(execution, end, agent);
	if (!stop) return ended ? end : null;
	if (stop.blocked) return ended ? null : end;

	const { events } = execution;
	if (stop.returned !== undefined) {
		const moment = test.points.get(stop.returned)!.end;
		const index = events.findIndex((event, at) => at >= start && at < end && isAt(moment, event));
		return index < 0 ? null : index + 1;
	}
	let count = stop.nth ?? 1;
	for (let index = start; index < end; index++)
		if (touches(events[index]!, stop) && --count === 0)
			return stop.after === undefined ? index : index + 1;
	return null;
}

function touches({ op, object }: Event, { after, before, how }: Stop): boolean {
	if (op === 'call' || op === 'return' || object !== (after ?? before)) return false;
	return how === undefined || how === op;
}

/** Where the agent's run from start ends: another agent goes on, or nobody can. */
function runEnd({ events }: Execution, start: number, agent: number): number {
	const index = events.findIndex((event, at) => at >= start && event.agent !== agent);
	return index < 0 ? events.length : index;
}

/** Has the agent nothing left to do from an event on? */
function hasEnded({ events, blocked }: Execution, index: number, agent: number): boolean {
	return (
		!events.some((event, at) => at >= index && event.agent === agent) &&
		!blocked.some((each) => each.agent === agent)
	);
}
