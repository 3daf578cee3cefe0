// SPDX-License-Identifier: MIT
/** Moments of an execution that expectations look at, besides results and final states. */
import type { Event } from '../../schema/types/execution';

/** The call or return events of one call of the program, or of all calls of one callback. */
export interface Moment {
	readonly op: 'call' | 'return';
	/** Site of a call of the program. */
	readonly site?: number;
	/** A callback, such as "A.notify_failure"; excludes site. */
	readonly object?: string;
}

/** A moment whose fields count, or whose order against another moment: the explorer takes both orders for two traces. */
export type Observation =
	| { readonly moment: Moment; readonly fields: readonly string[] }
	| { readonly moment: Moment; readonly against: Moment };

/** Returns whether an event belongs to a moment. */
export function isAt(moment: Moment, event: Event): boolean {
	if (event.op !== moment.op) return false;
	return moment.object !== undefined
		? event.object === moment.object
		: event.site === moment.site && !isCallback(event);
}

/** Returns whether a call or return event belongs to a callback rather than an API call. */
export function isCallback({ object }: Event): boolean {
	return object.endsWith('.notify_failure');
}
