// SPDX-License-Identifier: MIT
/**
 * A machine that has nothing to do with dax: variables, mutexes, SRCU, and control flow that depends on what was
 * read. It shows that the explorer works on the interface alone, and it blocks and deadlocks in ways that no call
 * of the holder protocol does.
 */
import type { Event, Execution, Op } from '../../schema/types/execution';

export type Instruction =
	| { op: 'read' | 'write' | 'cas'; variable: string; value: number }
	| { op: 'lock' | 'unlock'; variable: string }
	| { op: 'srcu-lock' | 'srcu-unlock' | 'sync' };

export type Toy = readonly (readonly Instruction[])[];

interface Thread {
	next: number;
	/** Between the look and the end of a synchronize: the readers that it saw. */
	seen: Set<number> | null;
	readonly open: number[];
	readonly log: unknown[];
}

/** Executes a toy under a schedule, by the rules of implementations/implementation.ts. */
export function execute(toy: Toy, schedule: readonly number[]): Execution {
	const variables = new Map<string, number>();
	const owners = new Map<string, number>();
	const readers = new Set<number>();
	const threads: Thread[] = toy.map(() => ({ next: 0, seen: null, open: [], log: [] }));
	const events: Event[] = [];
	let sections = 0;

	/** The agent's next instruction. What is not locked is not unlocked: such instructions are passed over. */
	const current = (agent: number): Instruction | undefined => {
		const thread = threads[agent]!;
		for (; ; thread.next++) {
			const instruction = toy[agent]![thread.next];
			const idle =
				(instruction?.op === 'unlock' && owners.get(instruction.variable) !== agent) ||
				(instruction?.op === 'srcu-unlock' && thread.open.length === 0);
			if (!idle) return instruction;
		}
	};
	const ready = (agent: number): boolean => {
		const instruction = current(agent);
		const { seen } = threads[agent]!;
		if (!instruction) return false;
		if (seen) return ![...seen].some((reader) => readers.has(reader));
		return instruction.op !== 'lock' || !owners.has(instruction.variable);
	};
	const perform = (agent: number, enabled: number[]): void => {
		const thread = threads[agent]!;
		const instruction = toy[agent]![thread.next]!;
		const event: Event = {
			agent,
			op: 'read',
			object: 'variable' in instruction ? instruction.variable : 'srcu',
			marked: true,
			old: null,
			new: null,
			site: 0,
			function: '',
			enabled,
		};
		events.push(event);
		thread.next++;
		switch (instruction.op) {
			case 'read':
			case 'write':
			case 'cas': {
				const old = variables.get(instruction.variable) ?? 0;
				const swap = instruction.op === 'cas' && old === 0;
				event.op = instruction.op === 'cas' ? 'rmw' : instruction.op;
				event.old = old;
				event.new = instruction.op === 'write' || swap ? instruction.value : old;
				variables.set(instruction.variable, event.new as number);
				thread.log.push(old);
				// What was read decides what comes next.
				if (instruction.op === 'cas' && !swap) thread.next++;
				return;
			}
			case 'lock':
				event.op = 'lock';
				owners.set(instruction.variable, agent);
				return;
			case 'unlock':
				event.op = 'unlock';
				owners.delete(instruction.variable);
				return;
			case 'srcu-lock':
				event.op = 'srcu-lock';
				readers.add(sections);
				thread.open.push(sections++);
				return;
			case 'srcu-unlock': {
				event.op = 'srcu-unlock';
				readers.delete(thread.open.pop()!);
				return;
			}
			case 'sync':
				event.op = thread.seen ? 'sync-end' : 'sync-begin';
				// The second half of the same instruction.
				if (!thread.seen) thread.next--;
				thread.seen = thread.seen ? null : new Set(readers);
		}
	};

	for (let step = 0; ; step++) {
		const enabled = threads.map((_, agent) => agent).filter(ready);
		if (enabled.length === 0) break;
		const last = events.at(-1)?.agent;
		const choice =
			schedule[step] ?? (last !== undefined && enabled.includes(last) ? last : enabled[0]!);
		if (!enabled.includes(choice)) throw new Error(`choice ${step} cannot be taken`);
		perform(choice, enabled);
	}
	const blocked = threads.flatMap(({ seen }, agent) => {
		const instruction = current(agent);
		if (!instruction) return [];
		const op: Op = seen ? 'sync-end' : 'lock';
		return [{ agent, op, object: 'variable' in instruction ? instruction.variable : 'srcu' }];
	});
	const end = { variables: [...variables].sort(), logs: threads.map(({ log }) => log), blocked };
	return {
		agents: toy.map((_, agent) => `t${agent}`),
		start: { alive: true, holder: null, ops: null },
		events,
		results: [{ site: 0, value: JSON.stringify(end) }],
		device: { alive: true, holder: null, ops: null, refs: 0 },
		warnings: [],
		callbacks: [],
		faults: [],
		blocked,
		diverged: null,
	};
}
