// SPDX-License-Identifier: MIT
/**
 * Executes a program under a schedule: one access at a time, sequentially consistent. A machine serves a single
 * execution.
 */
import type { Event, Execution } from '../../schema/types/execution';
import type { Program } from '../../schema/types/program';
import type { Schedule } from '../implementation';
import type { Access } from './access';
import { daxDevice, devDax, disk, minors } from './device';
import { Journal } from './journal';
import type { Calls, DaxDevice, DevDax, Disk, Kernel, Minors } from './kernel';
import { Srcu } from './srcu';
import { Thread } from './thread';

/** Maximum events of an execution; one that goes on after them ends in a livelock. */
const MAX_EVENTS = 4096;

/** Device, disk and minors of a program after the setup. */
export type Prepared = Pick<Kernel, 'dax_dev' | 'disk' | 'minors'>;

export class Machine {
	private readonly dax_dev: DaxDevice;
	private readonly dax_srcu = new Srcu('dax_srcu');
	private readonly dev_dax: DevDax = devDax();
	private readonly disk: Disk;
	private readonly minors: Minors;

	constructor(
		private readonly program: Program,
		private readonly calls: Calls,
	) {
		this.dax_dev = daxDevice(program);
		this.disk = disk(program);
		this.minors = minors(program);
	}

	/** Makes the setup calls; gives the state in which threads start. */
	prepare(): Prepared {
		this.setUp();
		const { dax_dev, disk, minors } = this;
		return { dax_dev, disk, minors };
	}

	run(schedule: Schedule): Execution {
		this.setUp();
		const { alive, holder, ops, refs } = this.device(0);
		const journal = new Journal();
		const threads = this.program.threads.map(({ calls }, index) =>
			this.start(journal, index, calls),
		);
		const diverged = this.follow(schedule, threads, journal);
		return {
			agents: this.program.threads.map(({ name }) => name),
			start: { alive, holder, ops },
			events: journal.events,
			results: journal.results,
			device: this.device(refs),
			warnings: journal.warnings,
			callbacks: journal.callbacks,
			faults: journal.faults,
			blocked: threads.flatMap(({ index, pending }) =>
				pending ? [{ agent: index, op: pending.op, object: pending.object }] : [],
			),
			diverged,
		};
	}

	/** Makes the setup calls, whose events are not recorded. */
	private setUp(): void {
		if (this.program.setup.length === 0) return;
		const journal = new Journal();
		this.follow([], [this.start(journal, 0, this.program.setup)], journal);
		const [fault] = journal.faults;
		if (fault) throw new Error(`setup ends in a ${fault.fault}`);
	}

	private start(journal: Journal, index: number, calls: Program['setup']): Thread {
		const { program, calls: revision, dax_dev, dax_srcu, dev_dax, disk, minors } = this;
		const world = { program, calls: revision, dax_dev, dax_srcu, dev_dax, disk, minors, journal };
		return new Thread(world, index, calls);
	}

	/** Follows the schedule, then runs until no thread is ready. Returns the first choice that could not be followed. */
	private follow(
		schedule: Schedule,
		threads: readonly Thread[],
		journal: Journal,
	): Execution['diverged'] {
		let diverged: Execution['diverged'] = null;
		let current: Thread | undefined;
		for (let step = 0; ; step++) {
			let mask = 0;
			for (const thread of threads) if (thread.ready()) mask |= 1 << thread.index;
			if (mask === 0) break;
			if (step === MAX_EVENTS) {
				journal.fault('livelock', null);
				return diverged;
			}
			const wanted: number | undefined = diverged ? undefined : schedule[step];
			if (wanted !== undefined && !(mask & (1 << wanted)))
				diverged = { at: step, agent: wanted, why: whyNot(threads[wanted]) };
			if (wanted !== undefined && !diverged) current = threads[wanted];
			else if (!current || !(mask & (1 << current.index))) current = threads[lowest(mask)];
			this.step(current!, agentSet(mask), journal);
		}
		if (threads.some(({ pending }) => pending)) journal.fault('deadlock', null);
		return diverged;
	}

	/** Performs a thread's pending access. */
	private step(thread: Thread, enabled: number[], { events }: Journal): void {
		const access = thread.pending;
		if (!access) return;
		const event = eventOf(thread, access, enabled);
		events.push(event);
		const value = access.perform(event);
		if (access.memory && this.dax_dev.freed && access.op !== 'free') thread.oops('use-after-free');
		else thread.advance(value);
	}

	private device(baseline: number): Execution['device'] {
		const { holder_data, holder_ops, flags, i_count } = this.dax_dev;
		return {
			alive: flags.value,
			holder: holder_data.value,
			ops: holder_ops.value,
			refs: i_count.value - baseline,
		};
	}
}

function eventOf(thread: Thread, { op, object, marked }: Access, enabled: number[]): Event {
	return {
		agent: thread.index,
		op,
		object,
		marked,
		old: null,
		new: null,
		site: thread.site,
		function: thread.function,
		enabled,
	};
}

function whyNot(thread: Thread | undefined): 'ended' | 'blocked' | 'unknown-agent' {
	if (!thread) return 'unknown-agent';
	return thread.pending === null ? 'ended' : 'blocked';
}

const lowest = (mask: number): number => 31 - Math.clz32(mask & -mask);

/** Sets of agents as arrays, shared between events because most repeat. */
const sets = new Map<number, number[]>();

function agentSet(mask: number): number[] {
	let set = sets.get(mask);
	if (!set) {
		set = Array.from({ length: 32 }, (_, agent) => agent).filter((agent) => mask & (1 << agent));
		sets.set(mask, set);
	}
	return set;
}
