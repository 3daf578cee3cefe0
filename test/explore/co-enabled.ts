// SPDX-License-Identifier: MIT
/**
 * Data races by brute force, an oracle without happens-before: compares the next events of all enabled agents at every
 * state of every interleaving. Two of them that access one object, one a write and one plain, are a data race.
 */
import type { Event, Execution } from '../../schema/types/execution';

/** Returns pairs such as "x: t0 write plain, t1 read marked"; null beyond limit executions. */
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
		const pending = branches.flatMap(({ events }) => events[prefix.length] ?? []);
		for (const one of pending)
			for (const other of pending)
				if (one.agent < other.agent && isDataRace(one, other)) found.add(pairText(one, other));
		for (const branch of branches) {
			const taken = branch.events[prefix.length];
			if (taken) visit([...prefix, taken.agent], branch);
		}
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

/** Names a pair independently of the order of its sides. */
export const pairText = (one: Side & Pick<Event, 'object'>, other: Side): string =>
	`${one.object}: ${[sideText(one), sideText(other)].sort().join(', ')}`;
