// SPDX-License-Identifier: MIT
/**
 * The SRCU read sections of an execution, numbered within their domain. A synchronize_srcu() awaits every section that was
 * entered before its snapshot, also a section that was left by then: the order of unlock and snapshot makes no difference.
 */
import type { Event } from '../../schema/types/execution';

/** Sections that a synchronize_srcu() awaits: those of a domain with lower numbers. */
export interface Awaited {
	readonly object: string;
	readonly below: number;
}

/** Number of the section that an srcu_read_unlock() at an index ends; undefined if its agent is in none. */
export function sectionLeft(events: readonly Event[], index: number): number | undefined {
	const { agent, object } = events[index]!;
	let left = 1;
	for (let earlier = index - 1; earlier >= 0; earlier--) {
		const event = events[earlier]!;
		if (event.agent !== agent || event.object !== object) continue;
		if (event.op === 'srcu-unlock') left++;
		else if (event.op === 'srcu-lock' && --left === 0) return entered(events, earlier, object);
	}
	return undefined;
}

/** The sections that a wait which ends at an index has awaited; undefined for a wait without a begin. */
export function sectionsAwaited(events: readonly Event[], index: number): Awaited | undefined {
	const { agent } = events[index]!;
	for (let earlier = index - 1; earlier >= 0; earlier--) {
		const { agent: other, op, object } = events[earlier]!;
		if (other === agent && op === 'sync-begin')
			return { object, below: entered(events, earlier, object) };
	}
	return undefined;
}

/** Number of the sections of a domain that were entered before an index. */
function entered(events: readonly Event[], index: number, object: string): number {
	let count = 0;
	for (let earlier = 0; earlier < index; earlier++) {
		const event = events[earlier]!;
		if (event.op === 'srcu-lock' && event.object === object) count++;
	}
	return count;
}
