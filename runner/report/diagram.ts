// SPDX-License-Identifier: MIT
/**
 * An execution as kernel commit messages show races: one column for each thread, time going down; plain ASCII, at
 * most 100 characters wide.
 */
import type { CallName } from '../../schema/types/common';
import type { Event, Execution } from '../../schema/types/execution';
import type { Program } from '../../schema/types/program';
import { signatures } from '../vector/calls';
import { isCallback } from '../vector/moments';

export const DIAGRAM_WIDTH = 100;
const GAP = 2;

/** The lines of the diagram. Warnings and faults stand where they happened. */
export function diagram(program: Program, execution: Execution): string[] {
	const { agents, events } = execution;
	const used = agents
		.map((_, agent) => agent)
		.filter((agent) => events.some((event) => event.agent === agent));
	const depths: number[] = agents.map(() => 0);
	const cells: { agent: number; text: string }[] = [];
	events.forEach((event, index) => {
		const { agent } = event;
		if (event.op === 'return') depths[agent]!--;
		const text = describe(program, execution, event, index);
		cells.push({ agent, text: `${'  '.repeat(Math.max(depths[agent]!, 0))}${text}` });
		if (event.op === 'call') depths[agent]!++;
		for (const mark of marks(execution, index))
			cells.push({ agent: mark.agent ?? agent, text: mark.text });
	});

	const widths = shrink(
		used.map((agent) => {
			const texts = cells.filter((cell) => cell.agent === agent).map(({ text }) => text.length);
			return Math.max(agents[agent]!.length, ...texts);
		}),
	);
	const row = (agent: number, text: string): string => {
		const column = used.indexOf(agent);
		const left = sum(widths.slice(0, column)) + GAP * column;
		return (' '.repeat(left) + fit(text, widths[column]!)).trimEnd();
	};
	const header = used.map((agent, column) =>
		fit(agents[agent]!, widths[column]!).padEnd(widths[column]!),
	);
	const rule = widths.map((each) => '-'.repeat(each));
	const gap = ' '.repeat(GAP);
	return [
		header.join(gap).trimEnd(),
		rule.join(gap),
		...cells.map(({ agent, text }) => row(agent, text)),
		...waiting(execution),
	].map((line) => fit(plain(line), DIAGRAM_WIDTH));
}

/** Names come from the implementation, which may say anything. */
const plain = (text: string): string => text.replace(/[^ -~]/g, '?');

/** Column widths that fit; the widest columns give way. */
function shrink(natural: readonly number[]): number[] {
	const widths = [...natural];
	const room = DIAGRAM_WIDTH - GAP * (widths.length - 1);
	for (let excess = sum(widths) - room; excess > 0; excess--) {
		const widest = Math.max(...widths);
		if (widest > 1) widths[widths.indexOf(widest)] = widest - 1;
	}
	return widths;
}

const sum = (numbers: readonly number[]): number =>
	numbers.reduce((total, each) => total + each, 0);

function fit(text: string, width: number): string {
	return text.length <= width ? text : `${text.slice(0, width - 1)}~`;
}

function describe(program: Program, execution: Execution, event: Event, index: number): string {
	const { op, object, marked, old, new: value, source } = event;
	const place = source === undefined ? '' : `  ${source.replace(/^.*\//, '')}`;
	switch (op) {
		case 'call':
			return isCallback(event)
				? callback(execution, index, object)
				: `${object}(${args(program, event.site)})`;
		case 'return':
			return isVoid(object) ? 'return' : `= ${show(value)}`;
		case 'read':
			return `${object} ${show(old)}${marked ? '' : ' (plain)'}${place}`;
		case 'rmw':
			return old === value
				? `${object} ${show(old)} (kept)${place}`
				: `${object} ${show(old)} -> ${show(value)}${place}`;
		case 'write':
			return `${object} ${show(old)} -> ${show(value)}${marked ? '' : ' (plain)'}${place}`;
		case 'srcu-lock':
			return `srcu_read_lock${place}`;
		case 'srcu-unlock':
			return `srcu_read_unlock${place}`;
		case 'sync-begin':
			return `synchronize_srcu begins${place}`;
		case 'sync-end':
			return `synchronize_srcu ends${place}`;
		case 'free':
			return `the ${object} is freed${place}`;
		case 'lock':
		case 'unlock':
			return `${object} ${op}${place}`;
	}
}

/** Does the kernel's function return nothing? */
function isVoid(name: string): boolean {
	const returns = Object.hasOwn(signatures, name) ? signatures[name as CallName].returns : [];
	return returns.length === 1 && returns[0] === 'ok';
}

const show = (value: Event['old']): string => (value === null ? 'NULL' : String(value));

function args(program: Program, site: number): string {
	const calls = [
		...program.threads.flatMap((thread) => thread.calls),
		...Object.values(program.holders).flatMap((holder) => holder?.calls ?? []),
	];
	const call = calls.find((each) => each.site === site);
	const given = [call?.holder, call?.ops].filter((each) => each !== undefined);
	return given.map(show).join(', ');
}

function callback({ callbacks }: Execution, index: number, object: string): string {
	const call = callbacks.find(({ event }) => event === index);
	return `${object}(${call ? `${call.offset}, ${call.length}, ${call.flags}` : ''})`;
}

function marks(execution: Execution, index: number): { agent: number | null; text: string }[] {
	const warnings = execution.warnings
		.filter(({ event }) => event === index)
		.map((warning) => ({
			agent: warning.agent as number | null,
			text: `*** WARN in ${warning.function}()`,
		}));
	const faults = execution.faults
		.filter(({ event, agent }) => event === index && agent !== null)
		.map(({ agent, fault }) => ({ agent, text: `*** ${fault}` }));
	return [...warnings, ...faults];
}

function waiting({ agents, blocked }: Execution): string[] {
	return blocked.map(
		({ agent, op, object }) => `*** ${agents[agent]} waits for ever: ${op} of ${object}`,
	);
}
