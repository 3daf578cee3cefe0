// SPDX-License-Identifier: MIT
/** An execution as a person follows it: a lane for each thread, steps in order, each read with the write it saw. */
import type { Event, Execution } from '../../schema/types/execution';
import type { Program } from '../../schema/types/program';
import type { Lanes, Step } from '../../schema/types/report';
import { isCallback } from '../library/observation';

/** A remark of an agent, before or after an event. */
export interface Aside {
	readonly event: number;
	readonly place: 'before' | 'after';
	readonly agent: number;
	readonly text: string;
}

export function lanes(
	program: Program,
	execution: Execution,
	asides: readonly Aside[] = [],
): Lanes {
	const { agents, events, start, blocked } = execution;
	const used = agents
		.map((_, agent) => agent)
		.filter((agent) => [...events, ...blocked].some((each) => each.agent === agent));
	const depths = used.map(() => 0);
	const steps: Step[] = [];
	const add = (agent: number, step: Omit<Step, 'lane' | 'depth'>): void => {
		const lane = used.indexOf(agent);
		if (step.op === 'return') depths[lane]!--;
		const depth = Math.max(depths[lane]!, 0);
		if (step.op === 'call') depths[lane]!++;
		const { op, object, ...details } = step;
		steps.push({ lane, depth, op, object, ...details });
	};
	const remark = (index: number, where: Aside['place']): void => {
		for (const { event, place, agent, text } of asides)
			if (event === index && place === where) add(agent, { op: 'remark', object: text });
	};
	events.forEach((event, index) => {
		remark(index, 'before');
		add(event.agent, stepOf(program, execution, event, index, steps));
		for (const { agent, function: name, source } of execution.warnings.filter(
			(it) => it.event === index,
		))
			add(agent, { op: 'warn', object: name, ...placeOf(source) });
		for (const { agent, fault } of execution.faults.filter((it) => it.event === index))
			if (agent !== null) add(agent, { op: 'fault', object: fault });
		remark(index, 'after');
	});
	for (const { agent, op, object } of blocked)
		add(agent, { op: 'wait', object: `${op} of ${object}` });
	return { threads: used.map((agent) => agents[agent]!), start, steps };
}

const placeOf = (source: string | undefined) => (source === undefined ? {} : { source });

function stepOf(
	program: Program,
	execution: Execution,
	event: Event,
	index: number,
	steps: readonly Step[],
): Omit<Step, 'lane' | 'depth'> {
	const { op, object, marked, old, new: value, source } = event;
	const place = placeOf(source);
	switch (op) {
		case 'call': {
			const args = isCallback(event) ? told(execution, index) : given(program, event.site);
			return { op, object, args };
		}
		case 'return':
			return { op, object, new: value };
		case 'read':
		case 'rmw':
		case 'write': {
			const saw = op === 'write' ? {} : { saw: seen(steps, object, old) };
			return { op, object, old, new: value, ...(!marked && { plain: true }), ...saw, ...place };
		}
		default:
			return { op, object, ...place };
	}
}

/** The last write of a value; null where none was: it was there at the start. */
function seen(steps: readonly Step[], object: string, value: Event['old']): number | null {
	const index = steps.findLastIndex(
		(step) => step.object === object && writes(step) && step.new === value,
	);
	return index < 0 ? null : index;
}

/** A cmpxchg() that keeps the value only reads. */
const writes = ({ op, old, new: value }: Step): boolean =>
	op === 'write' || (op === 'rmw' && old !== value);

/** A NULL pointer as C writes it. */
export const show = (value: Event['old'] | undefined): string =>
	value === null || value === undefined ? 'NULL' : String(value);

function given(program: Program, site: number): string {
	const calls = [
		...program.threads.flatMap((thread) => thread.calls),
		...Object.values(program.holders).flatMap((holder) => holder?.calls ?? []),
	];
	const call = calls.find((each) => each.site === site);
	return [call?.holder, call?.ops]
		.filter((each) => each !== undefined)
		.map(show)
		.join(', ');
}

function told({ callbacks }: Execution, index: number): string {
	const call = callbacks.find(({ event }) => event === index);
	return call ? `${call.offset}, ${call.length}, ${call.flags}` : '';
}
