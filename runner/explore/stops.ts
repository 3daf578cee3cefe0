// SPDX-License-Identifier: MIT
/**
 * Reports each stop of an order or schedule that was not realised: hit; blocked (its agent waited before it); missed (its
 * agent ended before it, or an earlier stop failed).
 */
import type { Execution } from '../../schema/types/execution';

export type Fate = 'hit' | 'blocked' | 'missed';

type Diverged = NonNullable<Execution['diverged']>;

/** Stops of a schedule, one a switch to another agent, such as "release 0-2 hit, claim 3-9 blocked at 5". */
export function scheduleText(
	schedule: readonly number[],
	{ at, why }: Diverged,
	agents: readonly string[],
): string {
	const fateOf = (start: number, end: number): Fate => {
		if (end <= at) return 'hit';
		return start <= at && why === 'blocked' ? 'blocked' : 'missed';
	};
	const switches = schedule.flatMap((agent, index) =>
		agent === schedule[index - 1] ? [] : [{ agent, start: index }],
	);
	return switches
		.map(({ agent, start }, index) => {
			const end = switches[index + 1]?.start ?? schedule.length;
			const choices = end - start === 1 ? start : `${start}-${end - 1}`;
			const place = start <= at && at < end ? ` at ${at}` : '';
			return `${agents[agent] ?? agent} ${choices} ${fateOf(start, end)}${place}`;
		})
		.join(', ');
}

/** Steps of a named order of which one failed, such as "release hit, claim blocked, release missed". */
export function stepsText(runs: readonly string[], failed: number, fate: Fate): string {
	return runs
		.map((run, step) => `${run} ${step < failed ? 'hit' : step === failed ? fate : 'missed'}`)
		.join(', ');
}
