// SPDX-License-Identifier: MIT
/**
 * Source-DPOR (Abdulla, Aronis, Jonsson, Sagonas, 2014): only reversals of races are tried, on top of sleep sets. Each
 * race of an execution asks for one agent that starts its reversal, unless one that does is already planned. Lists of
 * agents are short arrays, because there are few agents and millions of lists; loops over them count, because a short
 * exploration ends before the compiler has removed what iterators allocate.
 */
import type { Dependence } from './dependence';
import type { Ahead } from './early';
import { dependent, type Footprint } from './footprint';
import { racesOfLock } from './races';
import type { Search } from './search';
import type { Trace } from './trace';

/** An agent whose next step was explored from a state or before, and what that step touches. */
interface Sleeper {
	readonly agent: number;
	readonly footprint: Footprint;
}

/** The state before event i of the current execution. */
interface Node {
	readonly enabled: readonly number[];
	/** Agents to try from here: tried, being tried, or planned. */
	readonly backtrack: number[];
	/** Number of those that were announced or need not be. */
	announced: number;
	asleep: readonly Sleeper[];
	taken: number;
	footprint: Footprint;
}

function sleeps(asleep: readonly Sleeper[], agent: number): boolean {
	for (let index = 0; index < asleep.length; index++)
		if (asleep[index]!.agent === agent) return true;
	return false;
}

/** announce receives, at first, a function that gives schedules that the search will ask for later, each once. */
export function* sourceDpor(dependence: Dependence, announce?: (ahead: Ahead) => void): Search {
	const path: Node[] = [];
	announce?.((most) => planned(path, most));
	let prefix: number[] | null = [];
	while (prefix) {
		const trace: Trace = (yield [prefix])[0]!;
		const known = path.length;
		const detour = extend(path, trace);
		findRaces(path, trace, known);
		if (!detour) findBlockedRaces(path, trace, dependence);
		prefix = detour ?? retreat(path);
	}
}

/** Adds the new events to the path. Returns a detour where the agent that went on by default is asleep. */
function extend(path: Node[], trace: Trace): number[] | null {
	// The last node of a retreat or detour is there already; it only lacks its footprint.
	const last = path.at(-1);
	if (last) last.footprint = trace.footprints[path.length - 1]!;

	for (let index = path.length; index < trace.events.length; index++) {
		const { agent, enabled } = trace.events[index]!;
		const asleep = awaken(path.at(-1));
		const taken = sleeps(asleep, agent) ? enabled.find((other) => !sleeps(asleep, other)) : agent;
		if (taken === undefined) return null;
		const footprint = trace.footprints[index]!;
		path.push({ enabled, backtrack: [taken], announced: 0, asleep, taken, footprint });
		if (taken !== agent) return path.map((node) => node.taken);
	}
	return null;
}

/** The agents that still sleep after the step that was taken from a node. */
function awaken(node: Node | undefined): readonly Sleeper[] {
	if (!node || node.asleep.length === 0) return NOBODY;
	return node.asleep.filter(({ footprint }) => !dependent(footprint, node.footprint));
}

const NOBODY: readonly Sleeper[] = [];

/** Drops the nodes that are done and returns the next prefix to try; null when there is none. */
function retreat(path: Node[]): number[] | null {
	for (let node = path.at(-1); node; node = path.at(-1)) {
		const { taken, footprint, asleep } = node;
		const next = untried(node);
		if (next !== undefined) {
			node.asleep = [...asleep.filter(({ agent }) => agent !== taken), { agent: taken, footprint }];
			node.taken = next;
			return path.map((each) => each.taken);
		}
		path.pop();
	}
	return null;
}

/** The first agent to try from a node that neither sleeps nor was just tried. */
function untried({ backtrack, taken, asleep }: Node): number | undefined {
	for (let index = 0; index < backtrack.length; index++) {
		const agent = backtrack[index]!;
		if (agent !== taken && !sleeps(asleep, agent)) return agent;
	}
	return undefined;
}

/**
 * Schedules that are left on the path and were not announced, in the order in which retreat() returns them: an agent that
 * is planned sleeps only after it was tried, and until then the steps before it stay.
 */
function planned(path: readonly Node[], most: number): number[][] {
	const schedules: number[][] = [];
	for (let depth = path.length - 1; depth >= 0; depth--) {
		const node = path[depth]!;
		for (; node.announced < node.backtrack.length; node.announced++) {
			if (schedules.length === most) return schedules;
			const agent = node.backtrack[node.announced]!;
			if (agent === node.taken || sleeps(node.asleep, agent)) continue;
			const schedule = path.slice(0, depth).map(({ taken }) => taken);
			schedule.push(agent);
			schedules.push(schedule);
		}
	}
	return schedules;
}

/** Plans the reversal of every race whose second event is new. */
function findRaces(path: Node[], trace: Trace, known: number): void {
	const length = Math.min(path.length, trace.events.length);
	for (let second = Math.max(known - 1, 0); second < length; second++) {
		const { agent } = trace.events[second]!;
		if (path[second]!.taken !== agent) break;
		const races = trace.races[second]!;
		for (let index = 0; index < races.length; index++) {
			const first = races[index]!;
			plan(path[first]!, initials(trace, first, second, true), agent);
		}
	}
}

/**
 * An agent that waits for a mutex where the path ends races with the agent that took it. The path also ends where all
 * enabled agents sleep; the step of the waiting agent then comes later in the execution, or never.
 */
function findBlockedRaces(path: Node[], trace: Trace, dependence: Dependence): void {
	const { events, execution } = trace;
	const end = path.length;
	const enabled = events[end]?.enabled ?? [];
	for (let agent = 0; agent < trace.agents; agent++) {
		if (enabled.includes(agent)) continue;
		const later = events.find((event, index) => index >= end && event.agent === agent);
		const pending = later ?? execution.blocked.find((each) => each.agent === agent);
		if (pending?.op !== 'lock') continue;
		const footprint = dependence.lock(pending.object);
		for (const first of racesOfLock(trace, end, agent, footprint)) {
			const starters = initials(trace, first, end);
			if (!movesAfter(trace, first, end, agent) && !starters.includes(agent)) starters.push(agent);
			plan(path[first]!, starters, agent);
		}
	}
}

/** True if an agent has an event between two that does not happen after the first. */
function movesAfter(trace: Trace, first: number, end: number, agent: number): boolean {
	for (let index = first + 1; index < end; index++)
		if (trace.events[index]!.agent === agent && !trace.before(first, index)) return true;
	return false;
}

/**
 * The agents that can start the reversal of a race: the events between two that do not happen after the first, then the
 * second if withEnd. Those are the agents whose first event there happens after no first event of another agent there.
 */
function initials(trace: Trace, first: number, end: number, withEnd = false): number[] {
	const { events } = trace;
	const starters: number[] = [];
	/** The first event of each agent that has one so far. */
	const firsts: number[] = [];
	next: for (let index = first + 1; index <= end; index++) {
		if (index === end ? !withEnd : trace.before(first, index)) continue;
		const { agent } = events[index]!;
		let starts = true;
		for (let each = 0; each < firsts.length; each++) {
			if (events[firsts[each]!]!.agent === agent) continue next;
			if (starts && trace.before(firsts[each]!, index)) starts = false;
		}
		if (starts) starters.push(agent);
		firsts.push(index);
	}
	return starters;
}

/** Plans a starter that is enabled, unless one is planned or was tried. */
function plan(
	{ enabled, backtrack, asleep }: Node,
	starters: readonly number[],
	preferred: number,
): void {
	let choice: number | undefined;
	for (let index = 0; index < starters.length; index++) {
		const agent = starters[index]!;
		if (!enabled.includes(agent)) continue;
		if (backtrack.includes(agent) || sleeps(asleep, agent)) return;
		if (choice === undefined || agent === preferred) choice = agent;
	}
	if (choice !== undefined) backtrack.push(choice);
}
