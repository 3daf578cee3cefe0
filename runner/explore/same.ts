// SPDX-License-Identifier: MIT
/** Compares executions event by event: the reader of a replay, and the search for an equal beginning, do so often. */
import type { Event, Execution } from '../../schema/types/execution';

/** Compares an execution with an unvalidated one. */
export function same({ events, ...rest }: Execution, again: Execution | undefined): boolean {
	if (!Array.isArray(again?.events)) return false;
	const { events: others, ...otherRest } = again;
	return (
		events.length === others.length &&
		events.every((event, index) => sameEvent(event, others[index])) &&
		JSON.stringify(rest) === JSON.stringify(otherRest)
	);
}

export const sameEvent = (a: Event, b: Event | undefined): boolean =>
	b !== undefined &&
	b !== null &&
	a.agent === b.agent &&
	a.op === b.op &&
	a.object === b.object &&
	a.marked === b.marked &&
	a.old === b.old &&
	a.new === b.new &&
	a.site === b.site &&
	a.function === b.function &&
	a.source === b.source &&
	(a.enabled === b.enabled ||
		(a.enabled.length === b.enabled?.length &&
			a.enabled.every((agent, index) => agent === b.enabled[index])));
