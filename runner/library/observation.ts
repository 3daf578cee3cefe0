// SPDX-License-Identifier: MIT
/** Moments of an execution that expectations look at, besides results and ends. */
import type { Event } from '../../schema/types/execution';

/** The call or return events that match. */
export interface Moment {
	readonly op: 'call' | 'return';
	/** The call of the program; without it, every call of object. */
	readonly site?: number;
	/** Such as "A.notify_failure". */
	readonly object?: string;
}

/** A moment reads fields, or is ordered against other moments: the explorer keeps those orders apart. */
export type Observation =
	| { readonly moment: Moment; readonly fields: readonly string[] }
	| { readonly moment: Moment; readonly against: Moment };

export function isAt(moment: Moment, event: Event): boolean {
	if (event.op !== moment.op) return false;
	return moment.object !== undefined
		? event.object === moment.object
		: event.site === moment.site && !isCallback(event);
}

/** Is it the call or return of a holder's callback, not of an API call? */
export function isCallback({ object }: Event): boolean {
	return object.endsWith('.notify_failure');
}
