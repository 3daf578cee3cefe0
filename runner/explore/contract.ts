// SPDX-License-Identifier: MIT
/** What an implementation owes the explorer. An execution that breaks it decides nothing. */
import type { Event, Execution } from '../../schema/types/execution';
import type { Program } from '../../schema/types/program';
import { isCallback } from '../library/observation';
import { goesOn } from './schedule';
import { stopsOf } from './stops';

/** The implementation broke its contract with the runner. */
export class ContractError extends Error {}

/** A schedule could not be followed. */
export class NotRealisedError extends Error {}

/** Throws ContractError or NotRealisedError when an execution of a program is not one of that schedule. */
export function assertFollows(
	program: Program,
	schedule: readonly number[],
	execution: Execution,
): void {
	const { events, agents, diverged } = execution;
	program.threads.forEach((thread, index) => {
		if (agents[index] !== thread.name)
			violation(`agent ${index} is "${agents[index]}", the program's thread is "${thread.name}"`);
	});
	if (diverged)
		throw new NotRealisedError(
			[
				`schedule not realised: choice ${diverged.at} (${agents[diverged.agent] ?? diverged.agent}) ${diverged.why}`,
				...(schedule.length > 0 ? [`stops: ${stopsOf(schedule, diverged, agents)}`] : []),
			].join('; '),
		);
	if (events.length < schedule.length)
		violation(`it stopped after ${events.length} events of a schedule of ${schedule.length}`);
	events.forEach((event, index) => {
		const { agent, enabled } = event;
		if (agent >= agents.length)
			violation(`event ${index} is of agent ${agent}, which is not listed`);
		if (!enabled.includes(agent))
			violation(`event ${index} is of agent ${agent}, which was not enabled`);
		const expected = index < schedule.length ? schedule[index] : goesOn(events, index);
		if (agent !== expected)
			violation(`event ${index} is of agent ${agent}, the schedule says ${expected}`);
	});
	checkValues(execution);
	checkCalls(program, execution);
}

/** Every read sees the last write, and the device ends as its events leave it. */
function checkValues({ start, events, device }: Execution): void {
	const values = new Map<string, Event['new']>([
		['holder_data', start.holder],
		['holder_ops', start.ops],
		['flags', start.alive],
	]);
	events.forEach(({ op, object, old, new: value }, index) => {
		if (op !== 'read' && op !== 'write' && op !== 'rmw') return;
		const known = values.get(object);
		if (values.has(object) && known !== old)
			violation(`event ${index} saw ${old} in ${object}, where ${known} was last`);
		if (op === 'read' && old !== value)
			violation(`event ${index} is a read that changed ${object}`);
		values.set(object, value);
	});
	for (const [field, object] of [
		['holder', 'holder_data'],
		['ops', 'holder_ops'],
		['alive', 'flags'],
	] as const)
		if (device[field] !== values.get(object))
			violation(
				`${field} ended as ${device[field]}, but its last event left ${values.get(object)}`,
			);
}

/** Every call of a thread was made, in order; unless the execution has a fault, every one returned. */
function checkCalls(program: Program, { events, faults, results }: Execution): void {
	program.threads.forEach(({ name, calls }, agent) => {
		const sites = calls.map(({ site }) => site);
		for (const op of ['call', 'return'] as const) {
			const made = events.filter(
				(event) => event.agent === agent && event.op === op && sites.includes(event.site),
			);
			const own = made.filter((event) => !isCallback(event));
			if (own.some(({ site }, index) => site !== sites[index]))
				violation(`thread ${name} did not make its calls in order`);
			if (own.length < sites.length && faults.length === 0)
				violation(`thread ${name} made ${own.length} of its ${sites.length} calls (${op})`);
		}
	});
	const returned = events.filter((event) => event.op === 'return' && !isCallback(event));
	if (returned.length !== results.length)
		violation(`${returned.length} calls returned, but there are ${results.length} results`);
}

function violation(message: string): never {
	throw new ContractError(message);
}
