// SPDX-License-Identifier: MIT
/** Choices beyond the end of a schedule: the current agent goes on while it is enabled, then the lowest enabled one. */
import type { Event, Execution } from '../../schema/types/execution';

/** The agent that goes on by default at an event, given the event before it. */
export const defaultChoice = ({ enabled }: Event, previous: Event | undefined): number =>
	previous && enabled.includes(previous.agent) ? previous.agent : Math.min(...enabled);

/** Every choice of an execution. */
export const choicesOf = ({ events }: Execution): number[] => events.map(({ agent }) => agent);

/** The shortest schedule that leads to an execution. */
export function shortest(execution: Execution): number[] {
	const { events } = execution;
	const last = events.findLastIndex(
		(event, index) => event.agent !== defaultChoice(event, events[index - 1]),
	);
	return choicesOf(execution).slice(0, last + 1);
}
