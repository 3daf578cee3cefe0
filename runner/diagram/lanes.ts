// SPDX-License-Identifier: MIT
/** Turns an execution into lanes: one for each thread, steps in order, each read with the write that it saw. */
import type { Event, Execution } from '../../schema/types/execution';
import type { Program } from '../../schema/types/program';
import type { Lanes, Step } from '../../schema/types/report';
import { isWrite, show } from './step';

/** A remark in the lane of an agent, before or after an event. */
export interface Remark {
	/** Index of the event. */
	readonly event: number;
	readonly place: 'before' | 'after';
	readonly agent: number;
	readonly text: string;
}

/** Step without its place in the lanes. */
type Move = Omit<Step, 'lane' | 'depth'>;

/** Returns the lanes of agents with an event or a wait; each WARN, fault and remark is a step of its own. */
export function lanes(
	program: Program,
	execution: Execution,
	remarks: readonly Remark[] = [],
): Lanes {
	const { agents, events, start, blocked, warnings, faults } = execution;
	const active = new Set([...events, ...blocked].map(({ agent }) => agent));
	const used = [...agents.keys()].filter((agent) => active.has(agent));
	const depths = new Map<number, number>();
	const steps: Step[] = [];
	const add = (agent: number, { op, object, ...details }: Move): void => {
		const before = depths.get(agent) ?? 0;
		const after = before + (op === 'call' ? 1 : op === 'return' ? -1 : 0);
		depths.set(agent, after);
		const depth = Math.max(Math.min(before, after), 0);
		steps.push({ lane: used.indexOf(agent), depth, op, object, ...details });
	};
	const addRemarks = (index: number, wanted: Remark['place']): void => {
		for (const { event, place, agent, text } of remarks)
			if (event === index && place === wanted) add(agent, { op: 'remark', object: text });
	};
	for (const [index, event] of events.entries()) {
		addRemarks(index, 'before');
		add(event.agent, moveOf(program, execution, index, steps));
		for (const { agent, function: name, source } of warnings.filter((each) => each.event === index))
			add(agent, { op: 'warn', object: name, ...placeOf(source) });
		for (const { agent, fault, call } of faults.filter((each) => each.event === index))
			if (agent !== null) add(agent, { op: 'fault', object: call ? `${fault} ${call}` : fault });
		addRemarks(index, 'after');
	}
	for (const { agent, op, object } of blocked)
		add(agent, { op: 'wait', object: `${op} of ${object}` });
	return { threads: used.map((agent) => agents[agent] ?? ''), start, steps };
}

const placeOf = (source: string | undefined) => (source === undefined ? {} : { source });

/** Converts an event to a step; steps are those of the events before it. */
function moveOf(
	program: Program,
	{ events, callbacks }: Execution,
	index: number,
	steps: readonly Step[],
): Move {
	const event = events[index] as Event;
	const { op, object, marked, old, new: value, source } = event;
	switch (op) {
		case 'call': {
			const callback = callbacks.find((each) => each.event === index);
			const args = callback
				? [callback.device, callback.offset, callback.length, callback.flags]
						.filter((each) => each !== undefined)
						.join(', ')
				: argumentsOf(program, event.site);
			return { op, object, args };
		}
		case 'return':
			return { op, object, new: value };
		case 'read':
		case 'rmw':
		case 'write': {
			const saw = op === 'write' ? {} : { saw: writeSeen(steps, object, old) };
			const plain = marked ? {} : { plain: true as const };
			return { op, object, old, new: value, ...plain, ...saw, ...placeOf(source) };
		}
		default:
			return { op, object, ...placeOf(source) };
	}
}

/** Index of the last write of a value; null when the value was there at the start. */
function writeSeen(steps: readonly Step[], object: string, value: Event['old']): number | null {
	const index = steps.findLastIndex(
		(step) => step.object === object && isWrite(step) && step.new === value,
	);
	return index < 0 ? null : index;
}

/** Arguments of the API call at a site, as text. */
function argumentsOf({ threads, holders }: Program, site: number): string {
	const calls = [
		...threads.flatMap((thread) => thread.calls),
		...Object.values(holders).flatMap((holder) => holder?.calls ?? []),
	];
	const call = calls.find((each) => each.site === site);
	const device = typeof call?.device === 'number' ? undefined : call?.device;
	return [device, call?.holder, call?.ops]
		.filter((each) => each !== undefined)
		.map(show)
		.join(', ');
}
