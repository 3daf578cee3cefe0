// SPDX-License-Identifier: MIT
/**
 * Source-DPOR (Abdulla, Aronis, Jonsson, Sagonas, 2014): only reversals of races are tried, on top of sleep sets. Each
 * race of an execution asks for one agent that starts its reversal, unless one that does is already planned.
 */
import { type Dependence, dependent, type Footprint } from './dependence';
import { races } from './races';
import type { Search } from './search';
import type { Trace } from './trace';

/** The state before event i of the current execution. */
interface Node {
	readonly enabled: readonly number[];
	/** Agents to try from here: tried, being tried, or planned. */
	readonly backtrack: Set<number>;
	/** Agents whose next step was explored from here or before, and what it touches. */
	readonly asleep: Map<number, Footprint>;
	taken: number;
	footprint: Footprint;
}

export function* sourceDpor(dependence: Dependence): Search {
	const path: Node[] = [];
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
		const taken = asleep.has(agent) ? enabled.find((other) => !asleep.has(other)) : agent;
		if (taken === undefined) return null;
		const footprint = trace.footprints[index]!;
		path.push({ enabled, backtrack: new Set([taken]), asleep, taken, footprint });
		if (taken !== agent) return path.map((node) => node.taken);
	}
	return null;
}

/** The agents that still sleep after the step that was taken from a node. */
function awaken(node: Node | undefined): Map<number, Footprint> {
	return new Map(node && [...node.asleep].filter(([, step]) => !dependent(step, node.footprint)));
}

/** Drops the nodes that are done and returns the next prefix to try; null when there is none. */
function retreat(path: Node[]): number[] | null {
	for (let node = path.at(-1); node; node = path.at(-1)) {
		node.asleep.set(node.taken, node.footprint);
		const next = [...node.backtrack].find((agent) => !node!.asleep.has(agent));
		if (next !== undefined) {
			node.taken = next;
			return path.map(({ taken }) => taken);
		}
		path.pop();
	}
	return null;
}

/** Plans the reversal of every race whose second event is new. */
function findRaces(path: Node[], trace: Trace, known: number): void {
	const length = Math.min(path.length, trace.events.length);
	for (let second = Math.max(known - 1, 0); second < length; second++) {
		if (path[second]!.taken !== trace.events[second]!.agent) break;
		const { agent } = trace.events[second]!;
		races(trace, { index: second, agent, footprint: trace.footprints[second]! }, (first) => {
			const reversal = [...after(trace, first, second), second];
			plan(path[first]!, initials(trace, reversal), agent);
		});
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
		races(trace, { index: end, agent, footprint }, (first) => {
			const reversal = after(trace, first, end);
			const starters = initials(trace, reversal);
			if (!reversal.some((index) => events[index]!.agent === agent)) starters.add(agent);
			plan(path[first]!, starters, agent);
		});
	}
}

/** The events between two that do not happen after the first. */
function after(trace: Trace, first: number, end: number): number[] {
	const indexes: number[] = [];
	for (let index = first + 1; index < end; index++)
		if (!trace.before(first, index)) indexes.push(index);
	return indexes;
}

/** The agents that can take the first step of a sequence of events. */
function initials(trace: Trace, sequence: readonly number[]): Set<number> {
	const seen = new Set<number>();
	const starters = new Set<number>();
	sequence.forEach((index, position) => {
		const { agent } = trace.events[index]!;
		if (seen.has(agent)) return;
		seen.add(agent);
		if (!sequence.slice(0, position).some((earlier) => trace.before(earlier, index)))
			starters.add(agent);
	});
	return starters;
}

function plan(node: Node, starters: ReadonlySet<number>, preferred: number): void {
	const possible = [...starters].filter((agent) => node.enabled.includes(agent));
	if (possible.some((agent) => node.backtrack.has(agent) || node.asleep.has(agent))) return;
	const choice = possible.includes(preferred) ? preferred : possible[0];
	if (choice !== undefined) node.backtrack.add(choice);
}
