// SPDX-License-Identifier: MIT
/** The contract between implementation and explorer. A case with an execution that violates it has no verdict. */
import type { Event, Execution } from '../../schema/types/execution';
import type { Program } from '../../schema/types/program';
import { isCallback } from '../library/observation';
import { defaultChoice } from './schedule';
import { scheduleText } from './stops';

/** An execution violates the contract: a defect of the implementation (verdict error). */
export class ContractError extends Error {}

/** The implementation could not follow a schedule (verdict not-run). */
export class NotRealised extends Error {}

/** Throws ContractError or NotRealised unless an execution is one of the program under the schedule. */
export function assertFollows(
	program: Program,
	schedule: readonly number[],
	execution: Execution,
): void {
	const { events, agents, diverged } = execution;
	if (program.log !== undefined && !(execution.start.log && execution.log))
		violation('it has no log, the second device of the program');
	program.threads.forEach((thread, index) => {
		if (agents[index] !== thread.name)
			violation(`agent ${index} is "${agents[index]}", the program's thread is "${thread.name}"`);
	});
	if (diverged)
		throw new NotRealised(
			[
				`schedule not realised: choice ${diverged.at} (${agents[diverged.agent] ?? diverged.agent}) ${diverged.why}`,
				...(schedule.length > 0 ? [`stops: ${scheduleText(schedule, diverged, agents)}`] : []),
			].join('; '),
		);
	if (events.length < schedule.length)
		violation(`it stopped after ${events.length} events of a schedule of ${schedule.length}`);
	let previous: Event | undefined;
	for (let index = 0; index < events.length; index++) {
		const event = events[index] as Event;
		const { agent, enabled } = event;
		if (agent >= agents.length)
			violation(`event ${index} is of agent ${agent}, which is not listed`);
		if (!enabled.includes(agent))
			violation(`event ${index} is of agent ${agent}, which was not enabled`);
		const expected = index < schedule.length ? schedule[index] : defaultChoice(event, previous);
		if (agent !== expected)
			violation(`event ${index} is of agent ${agent}, the schedule says ${expected}`);
		previous = event;
	}
	checkValues(execution);
	checkCalls(program, execution);
}

const FIELDS = [
	['holder', 'holder_data'],
	['ops', 'holder_ops'],
	['alive', 'flags'],
] as const;

/** Requires that every read sees the last write, and that the final devices have the values of their last writes. */
function checkValues({ start, events, device, log }: Execution): void {
	const values = new Map<string, Event['new']>([
		['holder_data', start.holder],
		['holder_ops', start.ops],
		['flags', start.alive],
	]);
	if (start.log)
		for (const [field, object] of FIELDS) values.set(`log.${object}`, start.log[field]);
	events.forEach(({ op, object, old, new: value }, index) => {
		if (op !== 'read' && op !== 'write' && op !== 'rmw') return;
		const known = values.get(object);
		if (values.has(object) && known !== old)
			violation(`event ${index} saw ${old} in ${object}, where ${known} was last`);
		if (op === 'read' && old !== value)
			violation(`event ${index} is a read that changed ${object}`);
		values.set(object, value);
	});
	checkEnd(device, '', values);
	if (log) checkEnd(log, 'log.', values);
}

function checkEnd(
	device: Execution['device'],
	prefix: '' | 'log.',
	values: ReadonlyMap<string, Event['new']>,
): void {
	for (const [field, object] of FIELDS) {
		const last = values.get(prefix + object);
		if (device[field] !== last)
			violation(`${prefix}${field} ended as ${device[field]}, but its last event left ${last}`);
	}
}

/** Calls or returns of one thread so far. */
interface Made {
	count: number;
	/** False once one was not the next of the thread. */
	inOrder: boolean;
}

/**
 * Requires that each thread made its calls in order, all of them unless the execution has a fault. One pass over the
 * events, because every execution is checked.
 */
function checkCalls(program: Program, { events, faults, results }: Execution): void {
	const threads = program.threads.map(({ name, calls }) => ({
		name,
		sites: calls.map(({ site }) => site),
		call: { count: 0, inOrder: true } as Made,
		return: { count: 0, inOrder: true } as Made,
	}));
	let returned = 0;
	for (const event of events) {
		const { agent, op, site } = event;
		if ((op !== 'call' && op !== 'return') || isCallback(event)) continue;
		if (op === 'return') returned++;
		const thread = threads[agent];
		if (!thread?.sites.includes(site)) continue;
		const made = thread[op];
		if (site !== thread.sites[made.count]) made.inOrder = false;
		made.count++;
	}
	for (const thread of threads)
		for (const op of ['call', 'return'] as const) {
			const { name, sites } = thread;
			const { count, inOrder } = thread[op];
			if (!inOrder) violation(`thread ${name} did not make its calls in order`);
			if (count < sites.length && faults.length === 0)
				violation(`thread ${name} made ${count} of its ${sites.length} calls (${op})`);
		}
	if (returned !== results.length)
		violation(`${returned} calls returned, but there are ${results.length} results`);
}

function violation(message: string): never {
	throw new ContractError(message);
}
