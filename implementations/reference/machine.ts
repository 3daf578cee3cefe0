// SPDX-License-Identifier: MIT
/**
 * Executes a program under a schedule: one thread of generators per agent, one access at a time, sequentially
 * consistent. A machine serves one execution and is thrown away.
 */
import type { CallName, FaultName } from '../../schema/types/common';
import type { Event, Execution } from '../../schema/types/execution';
import type { Program, ProgramCall } from '../../schema/types/program';
import type { Schedule } from '../implementation';
import type { Access, Steps } from './access';
import { iput } from './inode';
import {
	type Arguments,
	type Calls,
	type DaxDevice,
	type Kernel,
	Oops,
	type Pointer,
	type Result,
} from './kernel';
import { Srcu } from './srcu';

/** Events after which an execution counts as one that never ends. */
const EVENT_LIMIT = 4096;
/** Callbacks within callbacks after which a kernel's stack would be full. */
const DEPTH_LIMIT = 32;

interface Agent {
	readonly index: number;
	steps: Steps<void>;
	/** The access to perform next; null when the agent has ended. */
	pending: Access | null;
	/** The calls it is in, outermost first, as program sites and as kernel functions. */
	readonly sites: number[];
	readonly functions: string[];
	depth: number;
}

/** Sets of agents as arrays, shared between events because most repeat. */
const sets = new Map<number, number[]>();

function agentSet(mask: number): number[] {
	let set = sets.get(mask);
	if (!set) {
		set = [];
		for (let agent = 0; agent < 32; agent++) if (mask & (1 << agent)) set.push(agent);
		sets.set(mask, set);
	}
	return set;
}

export class Machine implements Kernel {
	readonly dax_dev: DaxDevice;
	readonly dax_srcu = new Srcu('dax_srcu');
	private readonly agents: Agent[] = [];
	private current!: Agent;
	private freed = false;
	private baseline = 0;
	private events: Event[] = [];
	private results: Execution['results'] = [];
	private warnings: Execution['warnings'] = [];
	private callbacks: Execution['callbacks'] = [];
	private faults: Execution['faults'] = [];
	private diverged: Execution['diverged'] = null;

	constructor(
		private readonly program: Program,
		private readonly calls: Calls,
	) {
		const { alive, holder, ops, refs } = program.device;
		this.dax_dev = {
			holder_data: { name: 'holder_data', value: holder },
			holder_ops: { name: 'holder_ops', value: ops },
			flags: { name: 'flags', value: alive },
			i_count: { name: 'i_count', value: refs },
		};
	}

	run(schedule: Schedule): Execution {
		this.setUp();
		const start = this.device();
		this.program.threads.forEach((thread, index) => {
			this.start(index, thread.calls);
		});
		this.explore(schedule);
		return {
			agents: this.program.threads.map((thread) => thread.name),
			start: { alive: start.alive, holder: start.holder, ops: start.ops },
			events: this.events,
			results: this.results,
			device: this.device(),
			warnings: this.warnings,
			callbacks: this.callbacks,
			faults: this.faults,
			blocked: this.agents
				.filter((agent) => agent.pending !== null)
				.map(({ index, pending }) => ({ agent: index, op: pending!.op, object: pending!.object })),
			diverged: this.diverged,
		};
	}

	/** Runs the setup calls outside the record. */
	private setUp(): void {
		if (this.program.setup.length > 0) {
			this.start(0, this.program.setup);
			this.explore([]);
			if (this.faults.length > 0) throw new Error(`setup ends in a ${this.faults[0]!.fault}`);
			this.agents.length = 0;
			this.events = [];
			this.results = [];
			this.warnings = [];
			this.callbacks = [];
		}
		this.baseline = this.dax_dev.i_count.value;
	}

	private start(index: number, calls: readonly ProgramCall[]): void {
		const agent: Agent = {
			index,
			steps: this.body(calls),
			pending: null,
			sites: [],
			functions: [],
			depth: 0,
		};
		this.agents[index] = agent;
		this.advance(agent, undefined);
	}

	private explore(schedule: Schedule): void {
		let prefix = schedule.length;
		let last = -1;
		for (let step = 0; ; step++) {
			const enabled = this.enabled();
			if (enabled === 0) break;
			if (step === EVENT_LIMIT) {
				this.fault('livelock', null);
				return;
			}
			let choice = -1;
			if (step < prefix) {
				choice = schedule[step]!;
				if (!(enabled & (1 << choice))) {
					this.diverged = { at: step, agent: choice, why: this.whyNot(choice) };
					prefix = step;
				}
			}
			if (step >= prefix)
				choice = last >= 0 && enabled & (1 << last) ? last : 31 - Math.clz32(enabled & -enabled);
			this.step(this.agents[choice]!, enabled);
			last = choice;
		}
		if (this.agents.some((agent) => agent.pending !== null)) this.fault('deadlock', null);
	}

	private enabled(): number {
		let mask = 0;
		for (const { pending, index } of this.agents)
			if (pending !== null && (pending.ready === undefined || pending.ready())) mask |= 1 << index;
		return mask;
	}

	private whyNot(choice: number): 'ended' | 'blocked' | 'unknown-agent' {
		const agent = this.agents[choice];
		if (!agent) return 'unknown-agent';
		return agent.pending === null ? 'ended' : 'blocked';
	}

	/** Performs an agent's pending access and runs it up to its next one. */
	private step(agent: Agent, enabled: number): void {
		const access = agent.pending!;
		if (access.memory && this.freed) {
			// The access itself is the fault: it stands in the trace, and the agent ends with it.
			access.perform(this.record(agent, access, enabled));
			this.fault('use-after-free', agent.index);
			agent.pending = null;
			return;
		}
		this.advance(agent, access.perform(this.record(agent, access, enabled)));
	}

	private record(agent: Agent, access: Access, enabled: number): Event {
		const event: Event = {
			agent: agent.index,
			op: access.op,
			object: access.object,
			marked: access.marked,
			old: null,
			new: null,
			site: agent.sites[agent.sites.length - 1]!,
			function: agent.functions[agent.functions.length - 1] ?? '',
			enabled: agentSet(enabled),
		};
		this.events.push(event);
		return event;
	}

	private advance(agent: Agent, value: unknown): void {
		this.current = agent;
		try {
			const next = agent.steps.next(value);
			agent.pending = next.done ? null : next.value;
		} catch (error) {
			if (!(error instanceof Oops)) throw error;
			agent.pending = null;
			this.fault(error.fault, agent.index);
		}
	}

	private fault(fault: FaultName, agent: number | null): void {
		this.faults.push({ fault, agent, event: this.events.length - 1 });
	}

	private device(): Execution['device'] {
		const { holder_data, holder_ops, flags, i_count } = this.dax_dev;
		return {
			alive: flags.value,
			holder: holder_data.value,
			ops: holder_ops.value,
			refs: i_count.value - this.baseline,
		};
	}

	private *body(calls: readonly ProgramCall[]): Steps<void> {
		for (const call of calls) {
			const { sites } = this.current;
			sites.push(call.site);
			yield this.edge('call', call.call);
			const value = yield* this.call(call.call, call);
			yield this.edge('return', call.call, (event) => {
				event.new = value;
				this.results.push({ site: call.site, value });
			});
			sites.pop();
		}
	}

	/** The beginning or the end of a call: an event of its own, because others can come before and after it. */
	private edge(op: 'call' | 'return', object: string, perform = (_: Event) => {}): Access {
		return { op, object, marked: true, memory: false, perform };
	}

	*call(name: CallName, args: Partial<Arguments> = {}): Steps<Result> {
		const call = this.calls[name];
		if (!call) throw new Error(`this revision has no ${name}()`);
		const { functions } = this.current;
		functions.push(name);
		const result = yield* call(this, {
			holder: args.holder ?? null,
			ops: args.ops ?? null,
			offset: args.offset ?? 0,
			length: args.length ?? 4096,
			flags: args.flags ?? 0,
		});
		functions.pop();
		return result;
	}

	*notify_failure(ops: Pointer, { offset, length, flags }: Arguments): Steps<Result> {
		const agent = this.current;
		const holder = ops === null ? null : this.program.holders[ops];
		if (ops === null || !holder) throw new Oops('null-call');
		if (agent.depth === DEPTH_LIMIT) throw new Oops('livelock');

		const name = `${ops}.notify_failure`;
		agent.functions.push(name);
		agent.depth++;
		yield this.edge('call', name, () => {
			const event = this.events.length - 1;
			this.callbacks.push({ holder: ops, offset, length, flags, agent: agent.index, event });
		});
		yield* this.body(holder.calls);
		yield this.edge('return', name, (event) => {
			event.new = holder.returns;
		});
		agent.depth--;
		agent.functions.pop();
		return holder.returns;
	}

	WARN_ON(condition: boolean, where: string): void {
		if (condition) {
			const event = this.events.length - 1;
			this.warnings.push({ function: where, agent: this.current.index, event });
		}
	}

	iput(): Steps<void> {
		return iput(this, () => {
			this.freed = true;
		});
	}
}
