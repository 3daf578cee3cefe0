// SPDX-License-Identifier: MIT
/**
 * Data races by brute force, for comparison: at every state of every interleaving, what each agent that could go on
 * would do next. Two of those that access the same object, one writing and one plain, are a data race. Nothing here
 * knows happens-before.
 */
import type { Event, Execution } from '../../schema/types/execution';

/** Pairs such as "x: t0 write plain, t1 read marked"; null when there is more to see than the limit. */
export function coEnabledRaces(
	execute: (schedule: number[]) => Execution,
	limit: number,
): Set<string> | null {
	const found = new Set<string>();
	let executions = 0;
	const run = (schedule: number[]): Execution => {
		executions++;
		return execute(schedule);
	};
	const visit = (prefix: number[], execution: Execution): void => {
		const next = execution.events[prefix.length];
		if (!next || executions > limit) return;
		const branches = next.enabled.map((agent) =>
			agent === next.agent ? execution : run([...prefix, agent]),
		);
		const pending = branches.map(({ events }) => events[prefix.length]!);
		for (const one of pending)
			for (const other of pending)
				if (one.agent < other.agent && isDataRace(one, other)) found.add(pairText(one, other));
		for (const branch of branches) visit([...prefix, branch.events[prefix.length]!.agent], branch);
	};
	visit([], run([]));
	return executions > limit ? null : found;
}

const ACCESSES: readonly string[] = ['read', 'write', 'rmw'];

const isDataRace = (one: Event, other: Event): boolean =>
	ACCESSES.includes(one.op) &&
	ACCESSES.includes(other.op) &&
	one.object === other.object &&
	(changes(one) || changes(other)) &&
	!(one.marked && other.marked);

const changes = ({ op, old, new: value }: Event): boolean =>
	op === 'write' || (op === 'rmw' && old !== value);

type Side = Pick<Event, 'function' | 'op' | 'marked'>;

const sideText = ({ function: name, op, marked }: Side): string =>
	`${name} ${op} ${marked ? 'marked' : 'plain'}`;

/** The same whichever side is named first. */
export const pairText = (one: Side & Pick<Event, 'object'>, other: Side): string =>
	`${one.object}: ${[sideText(one), sideText(other)].sort().join(', ')}`;
