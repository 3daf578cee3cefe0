// SPDX-License-Identifier: MIT
/** A weak execution as a diagram: an access stands where it took effect, and says what it changed places with. */
import type { Event, Execution } from '../../schema/types/execution';
import type { Program } from '../../schema/types/program';
import type { Failure } from '../../schema/types/report';
import { columns } from './columns';
import { type Aside, lanes } from './lanes';

/** What the diagram needs of a story: see runner/memory/story.ts. */
export interface Told {
	readonly steps: readonly { readonly thread: number; readonly origin: number }[];
	readonly moves: readonly {
		readonly step: Told['steps'][number];
		readonly how: 'delayed' | 'early';
		readonly past: Told['steps'];
	}[];
	readonly divided: boolean;
}

export function weakDiagram(
	program: Program,
	execution: Execution,
	{ steps, moves, divided }: Told,
	model: string,
): Pick<Failure, 'diagram' | 'lanes'> {
	const { agents, events } = execution;
	const place = ({ thread, origin }: Told['steps'][number]): number =>
		steps.findIndex((each) => each.thread === thread && each.origin === origin);
	const asides: Aside[] = [];
	const lines: string[] = [];
	for (const { step, how, past } of moves) {
		const at = place(step);
		const agent = step.thread;
		const [first] = past;
		const sign = how === 'delayed' ? '^^^ delayed' : '^^^ early';
		asides.push({ event: at, place: 'after', agent, text: sign });
		if (how === 'delayed') {
			const waits = `(${events[at]!.object} = ${value(events[at]!)} waits)`;
			asides.push({ event: place(first!), place: 'before', agent, text: waits });
		}
		const passed = past.map((each) => what(events[place(each)]!)).join(', ');
		const cpu = `on the CPU of ${agents[agent]}`;
		lines.push(
			how === 'delayed'
				? `*** ${cpu}: ${what(events[at]!)} is delayed past ${passed}`
				: `*** ${cpu}: ${what(events[at]!)} is done before ${passed}`,
		);
	}
	if (divided)
		lines.push(`*** no one order of all stores explains this, and ${model} asks for none`);
	const shown = lanes(program, execution, asides);
	return { lanes: shown, diagram: [...columns(shown), ...lines] };
}

const value = ({ new: stored }: Event): string => (stored === null ? 'NULL' : String(stored));

function what({ op, object, old, new: stored }: Event): string {
	if (op === 'read') return `the load of ${object}`;
	if (op === 'write') return `the store to ${object}`;
	if (op === 'lock' || op === 'unlock') return `the ${op} of ${object}`;
	return old === stored ? `the failed update of ${object}` : `the update of ${object}`;
}
