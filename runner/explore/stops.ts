// SPDX-License-Identifier: MIT
/**
 * What became of each stop of an order that was not realised: hit, blocked (its agent could not go on so far), missed
 * (its agent had ended, or it was never its turn).
 */
import type { Execution } from '../../schema/types/execution';

export type Fate = 'hit' | 'blocked' | 'missed';

type Diverged = NonNullable<Execution['diverged']>;

/** Of a schedule, whose stops are where another agent goes on; such as "release 0-2 hit, claim 3-9 blocked at 5". */
export function stopsOf(
	schedule: readonly number[],
	{ at, why }: Diverged,
	agents: readonly string[],
): string {
	const stops: string[] = [];
	for (let start = 0, end = 0; start < schedule.length; start = end) {
		const agent = schedule[start]!;
		while (schedule[end] === agent) end++;
		const here = start <= at && at < end;
		const fate: Fate = end <= at ? 'hit' : here && why === 'blocked' ? 'blocked' : 'missed';
		const choices = end - start === 1 ? start : `${start}-${end - 1}`;
		stops.push(`${agents[agent] ?? agent} ${choices} ${fate}${here ? ` at ${at}` : ''}`);
	}
	return stops.join(', ');
}

/** Of a named order that failed at a step. */
export function stepsOf(runs: readonly string[], failed: number, fate: Fate): string {
	return runs
		.map((run, step) => `${run} ${step < failed ? 'hit' : step === failed ? fate : 'missed'}`)
		.join(', ');
}
