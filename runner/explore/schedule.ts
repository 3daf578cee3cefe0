// SPDX-License-Identifier: MIT
/** What happens where a schedule says nothing: the current agent goes on while it can, then the lowest one. */
import type { Event, Execution } from '../../schema/types/execution';

/** Who goes on by itself at an event. */
export function goesOn(events: readonly Event[], index: number): number {
	const { enabled } = events[index]!;
	const current = events[index - 1]?.agent;
	return current !== undefined && enabled.includes(current) ? current : Math.min(...enabled);
}

/** Every choice of an execution. */
export const choicesOf = ({ events }: Execution): number[] => events.map(({ agent }) => agent);

/** The shortest schedule that has the same execution: the rest happens by itself. */
export function shortest(execution: Execution): number[] {
	const { events } = execution;
	let length = events.length;
	while (length > 0 && events[length - 1]!.agent === goesOn(events, length - 1)) length--;
	return choicesOf(execution).slice(0, length);
}
