// SPDX-License-Identifier: MIT
/** Turns an outcome under a memory model into lanes: accesses in the order of their effects, with remarks. */
import type { Event, Execution } from '../../schema/types/execution';
import type { Program } from '../../schema/types/program';
import type { Failure } from '../../schema/types/report';
import { lanes, type Remark } from './lanes';
import { show } from './step';

/** An access: the thread and its number in program order. */
interface Access {
	readonly thread: number;
	readonly origin: number;
}

/** Order of effects that explains the outcome; see runner/memory/witness.ts. */
export interface Effects {
	readonly steps: readonly Access[];
	/** Accesses that took effect out of program order; past: the accesses of the same thread that they passed. */
	readonly moves: readonly {
		readonly step: Access;
		readonly how: 'delayed' | 'early';
		readonly past: readonly Access[];
	}[];
	/** True if no single order of all stores explains the outcome. */
	readonly divided: boolean;
}

export interface WeakOutcome {
	readonly program: Program;
	/** Events in the order of effects.steps. */
	readonly execution: Execution;
	readonly effects: Effects;
	/** Name of the memory model. */
	readonly model: string;
}

/** Returns lanes with a remark at each move, and a sentence about each move. */
export function weakLanes({
	program,
	execution,
	effects: { steps, moves, divided },
	model,
}: WeakOutcome): Pick<Failure, 'lanes' | 'remarks'> {
	const { agents, events } = execution;
	const indexOf = ({ thread, origin }: Access): number =>
		steps.findIndex((each) => each.thread === thread && each.origin === origin);
	const eventOf = (access: Access): Event => events[indexOf(access)] as Event;
	const inLane: Remark[] = [];
	const remarks: string[] = [];
	for (const { step, how, past } of moves) {
		const agent = step.thread;
		const event = eventOf(step);
		inLane.push({ event: indexOf(step), place: 'after', agent, text: `^^^ ${how}` });
		if (how === 'delayed')
			inLane.push({
				event: past[0] ? indexOf(past[0]) : -1,
				place: 'before',
				agent,
				text: `(${event.object} = ${show(event.new)} waits)`,
			});
		const passed = past.map((each) => accessText(eventOf(each))).join(', ');
		const moved = how === 'delayed' ? 'is delayed past' : 'is done before';
		remarks.push(`on the CPU of ${agents[agent]}: ${accessText(event)} ${moved} ${passed}`);
	}
	if (divided) remarks.push(`no one order of all stores explains this, and ${model} asks for none`);
	return { lanes: lanes(program, execution, inLane), remarks };
}

function accessText({ op, object, old, new: stored }: Event): string {
	if (op === 'read') return `the load of ${object}`;
	if (op === 'write') return `the store to ${object}`;
	if (op === 'lock' || op === 'unlock') return `the ${op} of ${object}`;
	return old === stored ? `the failed update of ${object}` : `the update of ${object}`;
}
