// SPDX-License-Identifier: MIT
/**
 * A machine unrelated to dax: variables, mutexes, SRCU, and control flow that depends on values read. It shows that the
 * explorer depends on the interface alone, and it blocks and deadlocks in ways that no call of the holder protocol does.
 */
import type { Event, Execution } from '../../schema/types/execution';

export type Instruction =
	| { op: 'read' | 'write' | 'cas'; variable: string; value: number }
	| { op: 'lock' | 'unlock'; variable: string }
	| { op: 'srcu-lock' | 'srcu-unlock' | 'sync' };

export type Toy = readonly (readonly Instruction[])[];

/** Executes a toy under a schedule, by the rules of implementations/implementation.ts. */
export function execute(toy: Toy, schedule: readonly number[]): Execution {
	const machine = new Machine(toy);
	const events: Event[] = [];
	for (let step = 0; ; step++) {
		const enabled = machine.enabled();
		const [lowest] = enabled;
		if (lowest === undefined) break;
		const last = events.at(-1)?.agent;
		const current = last !== undefined && enabled.includes(last) ? last : lowest;
		const choice = schedule[step] ?? current;
		if (!enabled.includes(choice)) throw new Error(`choice ${step} cannot be taken`);
		events.push(machine.step(choice, enabled));
	}
	const device = { alive: true, holder: null, ops: null };
	const blocked = machine.blocked();
	return {
		agents: toy.map((_, agent) => `t${agent}`),
		start: device,
		events,
		results: [{ site: 0, value: JSON.stringify({ ...machine.end(), blocked }) }],
		device: { ...device, refs: 0 },
		warnings: [],
		callbacks: [],
		faults: [],
		blocked,
		diverged: null,
	};
}

interface Thread {
	readonly agent: number;
	readonly code: readonly Instruction[];
	next: number;
	/** The readers that a synchronize waits for; null outside of one. */
	awaited: ReadonlySet<number> | null;
	/** Read sections that the thread is in. */
	readonly sections: number[];
	/** Values read. */
	readonly log: number[];
}

type Effect = Pick<Event, 'op'> & Partial<Pick<Event, 'old' | 'new'>>;

class Machine {
	private readonly variables = new Map<string, number>();
	private readonly owners = new Map<string, number>();
	private readonly readers = new Set<number>();
	private readonly threads: readonly Thread[];
	private sections = 0;

	constructor(toy: Toy) {
		this.threads = toy.map((code, agent) => {
			return { agent, code, next: 0, awaited: null, sections: [], log: [] };
		});
	}

	enabled(): number[] {
		return this.threads.filter((thread) => this.isEnabled(thread)).map(({ agent }) => agent);
	}

	/** Performs the next instruction of an agent that is enabled. */
	step(agent: number, enabled: number[]): Event {
		const thread = this.threads[agent];
		const instruction = thread && this.current(thread);
		if (!instruction) throw new Error(`agent ${agent} has ended`);
		thread.next++;
		const effect = this.perform(thread, instruction);
		const object = objectOf(instruction);
		const event = {
			agent,
			object,
			marked: true,
			old: null,
			new: null,
			site: 0,
			function: '',
			enabled,
		};
		return { ...event, ...effect };
	}

	blocked(): Execution['blocked'] {
		return this.threads.flatMap((thread) => {
			const instruction = this.current(thread);
			if (!instruction) return [];
			const op = thread.awaited ? ('sync-end' as const) : ('lock' as const);
			return [{ agent: thread.agent, op, object: objectOf(instruction) }];
		});
	}

	end() {
		return { variables: [...this.variables].sort(), logs: this.threads.map(({ log }) => log) };
	}

	/** The next instruction. Skips unlocks of mutexes and sections that the thread does not hold. */
	private current(thread: Thread): Instruction | undefined {
		for (; ; thread.next++) {
			const instruction = thread.code[thread.next];
			const skipped =
				(instruction?.op === 'unlock' && this.owners.get(instruction.variable) !== thread.agent) ||
				(instruction?.op === 'srcu-unlock' && thread.sections.length === 0);
			if (!skipped) return instruction;
		}
	}

	private isEnabled(thread: Thread): boolean {
		const instruction = this.current(thread);
		if (!instruction) return false;
		if (thread.awaited) return ![...thread.awaited].some((reader) => this.readers.has(reader));
		return instruction.op !== 'lock' || !this.owners.has(instruction.variable);
	}

	private perform(thread: Thread, instruction: Instruction): Effect {
		switch (instruction.op) {
			case 'lock':
				this.owners.set(instruction.variable, thread.agent);
				return { op: 'lock' };
			case 'unlock':
				this.owners.delete(instruction.variable);
				return { op: 'unlock' };
			case 'srcu-lock':
				this.readers.add(this.sections);
				thread.sections.push(this.sections++);
				return { op: 'srcu-lock' };
			case 'srcu-unlock':
				this.readers.delete(thread.sections.pop() ?? -1);
				return { op: 'srcu-unlock' };
			case 'sync':
				return this.synchronize(thread);
			default:
				return this.access(thread, instruction);
		}
	}

	/** Two steps of one instruction: the snapshot of the readers, and the end of the wait. */
	private synchronize(thread: Thread): Effect {
		const op = thread.awaited ? 'sync-end' : 'sync-begin';
		if (!thread.awaited) thread.next--;
		thread.awaited = thread.awaited ? null : new Set(this.readers);
		return { op };
	}

	/** A cas swaps 0 for its value; one that fails skips the next instruction, so that control flow depends on reads. */
	private access(
		thread: Thread,
		{ op, variable, value }: Extract<Instruction, { value: number }>,
	): Effect {
		const old = this.variables.get(variable) ?? 0;
		const changed = op === 'write' || (op === 'cas' && old === 0) ? value : old;
		this.variables.set(variable, changed);
		thread.log.push(old);
		if (op === 'cas' && old !== 0) thread.next++;
		return { op: op === 'cas' ? 'rmw' : op, old, new: changed };
	}
}

const objectOf = (instruction: Instruction): string =>
	'variable' in instruction ? instruction.variable : 'srcu';
