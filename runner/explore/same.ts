// SPDX-License-Identifier: MIT
/** Compares executions event by event: the reader of a replay, and the search for an equal beginning, do so often. */
import type { Event, Execution } from '../../schema/types/execution';

/** Compares an execution with an unvalidated one. */
export function same(execution: Execution, again: Execution | undefined): boolean {
	if (again === execution) return true;
	if (!Array.isArray(again?.events) || !sameEvents(execution.events, again.events)) return false;
	const keys = Object.keys(execution) as (keyof Execution)[];
	if (keys.length !== Object.keys(again).length) return false;
	return keys.every((key) => key === 'events' || equal(execution[key], again[key]));
}

function sameEvents(events: readonly Event[], others: readonly Event[]): boolean {
	if (events.length !== others.length) return false;
	for (let index = 0; index < events.length; index++)
		if (!sameEvent(events[index] as Event, others[index])) return false;
	return true;
}

/** Compares JSON values; a is valid and so has no cycle. */
function equal(a: unknown, b: unknown): boolean {
	if (a === b) return true;
	if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
	if (Array.isArray(a) !== Array.isArray(b)) return false;
	const keys = Object.keys(a);
	if (keys.length !== Object.keys(b).length) return false;
	return keys.every((key) => equal(a[key as never], b[key as never]));
}

export const sameEvent = (a: Event, b: Event | undefined): boolean => a === b || equalEvent(a, b);

const equalEvent = (a: Event, b: Event | undefined): boolean =>
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
