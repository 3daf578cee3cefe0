// SPDX-License-Identifier: MIT
/**
 * Executes a program under schedules: one access at a time, sequentially consistent. Successive schedules of a search
 * begin alike, so the machine keeps the state before each event of its last execution: the next one goes on from the
 * first choice that differs, and has the same event objects before that.
 */
import type { CallName } from '../../schema/types/common';
import type { Event, Execution, Op } from '../../schema/types/execution';
import type { Program } from '../../schema/types/program';
import type { Schedule } from '../implementation';
import type { Access } from './access';
import { agentSet, lowest } from './agents';
import { Journal, type Mark } from './journal';
import type { Calls, DaxDevice } from './kernel';
import { Paths, Point, readyOf } from './paths';
import { type Copy, SharedState } from './state';

/** Maximum events of an execution; one that goes on after them ends in a livelock. */
const MAX_EVENTS = 4096;

/** The state before an event. */
interface Before {
	readonly event: number;
	readonly points: readonly Point[];
	readonly state: Copy;
	readonly mark: Mark;
}

export class Machine {
	private readonly journal = new Journal();
	private readonly paths: readonly Paths[];
	private readonly agents: string[];
	private readonly start: Execution['device'];
	private readonly logStart: Execution['device'] | null;
	/** Where each thread stands. */
	private points: Point[];
	/** The states in which a search can choose: before each event at which several threads are ready. */
	private readonly history: Before[] = [];
	/** The state of now, where it is known. */
	private copy: Copy | null = null;

	/**
	 * Throws where the setup ends in a fault.
	 * @param reached  receives the names of the calls that are made
	 * @param state  that in which the threads start
	 */
	constructor(
		program: Program,
		calls: Calls,
		reached = new Set<CallName>(),
		private readonly state = setUp(program, calls, reached),
	) {
		const world = { program, calls, reached, state, journal: this.journal };
		this.paths = program.threads.map((thread, index) => new Paths(world, index, thread.calls));
		this.points = this.paths.map(({ first }) => first);
		this.agents = program.threads.map(({ name }) => name);
		this.start = stateOf(state.dax_dev, 0);
		this.logStart = state.log && stateOf(state.log.dax_dev, 0);
	}

	run(schedule: Schedule): Execution {
		this.rewind(schedule);
		const diverged = this.follow(schedule);
		const { start, journal } = this;
		const { alive, holder, ops, refs } = start;
		const execution: Execution = {
			agents: this.agents,
			start: { alive, holder, ops },
			events: journal.events.slice(),
			results: journal.results.slice(),
			device: stateOf(this.state.dax_dev, refs),
			warnings: journal.warnings.slice(),
			callbacks: journal.callbacks.slice(),
			faults: journal.faults.slice(),
			blocked: this.points.flatMap(({ access }, agent) =>
				access ? [{ agent, op: access.op, object: access.object }] : [],
			),
			diverged,
		};
		this.addLog(execution);
		return execution;
	}

	/** Adds the second device, if there is one. */
	private addLog(execution: Execution): void {
		const { log } = this.state;
		if (!log || !this.logStart) return;
		const { alive, holder, ops, refs } = this.logStart;
		execution.start.log = { alive, holder, ops };
		execution.log = stateOf(log.dax_dev, refs);
	}

	/** Returns to the state before the first choice that differs from the last execution. */
	private rewind(schedule: Schedule): void {
		const { history, journal } = this;
		const { events } = journal;
		const most = Math.min(schedule.length, events.length - 1);
		let same = 0;
		while (same < most && events[same]!.agent === schedule[same]) same++;
		let before = history.pop();
		while (before && before.event > same && history.length > 0) before = history.pop();
		// An execution without an event changes nothing.
		if (!before) return;
		this.points = [...before.points];
		this.state.restore(before.state);
		this.copy = before.state;
		journal.rewind(before.event, before.mark);
	}

	/** Follows the schedule, then runs until no thread is ready. Returns the first choice that could not be followed. */
	private follow(schedule: Schedule): Execution['diverged'] {
		const { points, journal, history } = this;
		let diverged: Execution['diverged'] = null;
		let current = journal.events.at(-1)?.agent ?? -1;
		for (let step = journal.events.length; ; step++) {
			const mask = readyOf(points);
			if (mask === 0) break;
			if (step === MAX_EVENTS) {
				journal.fault('livelock', null);
				return diverged;
			}
			if (history.length === 0 || (mask & (mask - 1)) !== 0) {
				this.copy ??= this.state.copy();
				history.push({ event: step, points: [...points], state: this.copy, mark: journal.mark() });
			}
			const wanted: number | undefined = diverged ? undefined : schedule[step];
			if (wanted !== undefined && !(mask & (1 << wanted)))
				diverged = { at: step, agent: wanted, why: whyNot(points[wanted]) };
			if (wanted !== undefined && !diverged) current = wanted;
			else if (current < 0 || !(mask & (1 << current))) current = lowest(mask);
			this.step(current, agentSet(mask));
		}
		if (points.some(({ access }) => access)) journal.fault('deadlock', null);
		return diverged;
	}

	/** Performs the access before which a thread stops, and runs the thread up to its next stop. */
	private step(agent: number, enabled: number[]): void {
		const { points, journal, state } = this;
		const point = points[agent]!;
		const access = point.access!;
		const event = eventOf(agent, point, access, enabled);
		journal.events.push(event);
		const value = access.perform(event);
		if (!CHANGES_NOTHING.includes(access.op)) this.copy = null;
		const mayBeFreed = access.memory && (state.dax_dev.freed || state.log !== null);
		if (mayBeFreed && access.op !== 'free' && state.isFreed(access.object)) {
			journal.fault('use-after-free', agent);
			points[agent] = ENDED;
		} else points[agent] = this.advance(agent, point, value, event);
	}

	private advance(agent: number, from: Point, value: unknown, event: Event): Point {
		const paths = this.paths[agent]!;
		let point = paths.after(from, value);
		this.journal.stop(point, agent);
		while (point.access?.silent) {
			this.copy = null;
			point = paths.after(point, point.access.perform(event));
			this.journal.stop(point, agent);
		}
		return point;
	}
}

function stateOf(
	{ holder_data, holder_ops, flags, i_count }: DaxDevice,
	baseline: number,
): Execution['device'] {
	return {
		alive: flags.value,
		holder: holder_data.value,
		ops: holder_ops.value,
		refs: i_count.value - baseline,
	};
}

const CHANGES_NOTHING: readonly Op[] = ['read', 'call', 'return'];

/** Makes the setup calls, whose events are not recorded. */
export function setUp(program: Program, calls: Calls, reached: Set<CallName>): SharedState {
	const state = new SharedState(program);
	if (program.setup.length === 0) return state;
	const threads = [{ name: 'setup', calls: program.setup }];
	const { faults } = new Machine({ ...program, threads }, calls, reached, state).run([]);
	if (faults[0]) throw new Error(`setup ends in a ${faults[0].fault}`);
	return state;
}

const ENDED = new Point(
	{ access: null, site: 0, function: '', warnings: [], fault: null },
	null,
	undefined,
);

function eventOf(
	agent: number,
	{ site, function: name }: Point,
	{ op, object, marked }: Access,
	enabled: number[],
): Event {
	return { agent, op, object, marked, old: null, new: null, site, function: name, enabled };
}

function whyNot(point: Point | undefined): 'ended' | 'blocked' | 'unknown-agent' {
	if (!point) return 'unknown-agent';
	return point.access === null ? 'ended' : 'blocked';
}
