// SPDX-License-Identifier: MIT
/**
 * The shortest story of a trace: of all its linearisations, which are one behaviour, one with the fewest preemptions.
 */
import type { Trace } from './trace';

export interface Linearisation {
	readonly schedule: number[];
	readonly preemptions: number;
}

interface State {
	/** How many events of each agent are done. */
	readonly done: readonly number[];
	readonly current: number;
	readonly from: State | null;
}

/**
 * null when every linearisation has limit preemptions or more. together are two events that race reversibly and have
 * to stand next to each other: apart, one may be long over when the other begins, and nobody sees a race.
 */
export function fewestPreemptions(
	trace: Trace,
	limit = Number.POSITIVE_INFINITY,
	together?: readonly [number, number],
): Linearisation | null {
	const chains: number[][] = Array.from({ length: trace.agents }, () => []);
	trace.events.forEach(({ agent }, index) => {
		chains[agent]!.push(index);
	});

	const ready = (done: readonly number[], agent: number): boolean => {
		const index = chains[agent]![done[agent]!];
		return (
			index !== undefined &&
			trace.clocks[index]!.every((count, other) => other === agent || count <= done[other]!)
		);
	};
	/** Is a mutex held? */
	const held = (done: readonly number[], mutex: string): boolean =>
		chains.some((chain, agent) => {
			const last = chain.slice(0, done[agent]).findLast((index) => {
				const { op, object } = trace.events[index]!;
				return object === mutex && (op === 'lock' || op === 'unlock');
			});
			return last !== undefined && trace.events[last]!.op === 'lock';
		});
	/** Could the agent go on, in another execution if not in this trace? */
	const canGoOn = (done: readonly number[], agent: number): boolean => {
		const index = chains[agent]![done[agent]!];
		const next =
			index === undefined
				? trace.execution.blocked.find((each) => each.agent === agent)
				: trace.events[index]!;
		if (next?.op === 'lock') return !held(done, next.object);
		if (next?.op === 'sync-end') return index !== undefined && ready(done, agent);
		return index !== undefined;
	};

	/** May this agent go on, or would it part what stands together? */
	const keepsTogether = (done: readonly number[], agent: number): boolean => {
		if (!together) return true;
		const [first, second] = together;
		const other = trace.events[second]!.agent;
		const waiting = done[other] === trace.positions[second]! - 1;
		const next = chains[agent]![done[agent]!];
		if (next === first) return waiting;
		const begun = done[trace.events[first]!.agent]! >= trace.positions[first]!;
		return !(begun && waiting) || next === second;
	};

	const seen = new Set<string>();
	let level: State[] = [{ done: chains.map(() => 0), current: -1, from: null }];
	for (let preemptions = 0; level.length > 0 && preemptions < limit; preemptions++) {
		const next: State[] = [];
		for (let state = level.pop(); state; state = level.pop()) {
			const { done, current } = state;
			const key = `${done.join()}@${current}`;
			if (seen.has(key)) continue;
			seen.add(key);
			if (done.every((count, agent) => count === chains[agent]!.length))
				return { schedule: choices(state), preemptions };
			const preempts = current >= 0 && canGoOn(done, current);
			for (let agent = trace.agents - 1; agent >= 0; agent--) {
				if (!ready(done, agent) || !keepsTogether(done, agent)) continue;
				const after = done.map((count, other) => (other === agent ? count + 1 : count));
				const list = agent !== current && preempts ? next : level;
				list.push({ done: after, current: agent, from: state });
			}
		}
		level = next;
	}
	return null;
}

function choices(state: State): number[] {
	const schedule: number[] = [];
	for (let each = state; each.from; each = each.from) schedule.push(each.current);
	return schedule.reverse();
}
