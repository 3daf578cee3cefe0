// SPDX-License-Identifier: MIT
// Generated from execution.schema.json by "npm run types". Do not edit.
import type { FailureFlags, FailureLength, FailureOffset, FaultName } from './common';

/**
 * How an object was touched. rmw: an atomic read-modify-write (cmpxchg, set_bit, igrab, iput). lock, unlock: a mutex. srcu-lock, srcu-unlock: a read section. sync-begin, sync-end: synchronize_srcu() looks who reads; all of those have left. call, return: of an API call or a callback. free: the final iput() gave the device back.
 */
export type Op =
	| 'read'
	| 'write'
	| 'rmw'
	| 'lock'
	| 'unlock'
	| 'srcu-lock'
	| 'srcu-unlock'
	| 'sync-begin'
	| 'sync-end'
	| 'call'
	| 'return'
	| 'free';
/**
 * A value of a field: a holder's name, true or false (flags), a count (i_count), null for NULL or for nothing.
 */
export type Value = string | number | boolean | null;

/**
 * What happened when an implementation executed a program under one schedule: ordered events and their consequences.
 */
export interface Execution {
	/**
	 * Names of the agents that schedules choose from: the threads of the program in order, then any others (a store buffer).
	 *
	 * @minItems 1
	 */
	agents: string[];
	/**
	 * The device when the threads started (after setup).
	 */
	start: {
		alive: boolean;
		holder: string | null;
		ops: string | null;
	};
	/**
	 * Everything that happened, in order. Choice i of a schedule is the agent of event i. An implementation ends an execution that never would, with the fault livelock.
	 *
	 * @maxItems 10000
	 */
	events: Event[];
	/**
	 * Return values by call site, in the order of the returns. A site inside a callback may return more than once.
	 */
	results: {
		site: number;
		/**
		 * ok, an error, a holder's name, alive or dead (dax_alive), or null for a NULL pointer; functions without a result return ok.
		 */
		value: string | null;
	}[];
	/**
	 * The device when no agent could go on.
	 */
	device: {
		alive: boolean;
		holder: string | null;
		ops: string | null;
		/**
		 * References relative to when the threads started.
		 */
		refs: number;
	};
	/**
	 * WARNs, in order.
	 */
	warnings: {
		/**
		 * Kernel function that gave the WARN.
		 */
		function: string;
		/**
		 * FILE:LINE where known.
		 */
		source?: string;
		agent: number;
		/**
		 * Index of the event after which it was given.
		 */
		event: number;
	}[];
	/**
	 * Calls of holders' notify_failure, in order.
	 */
	callbacks: {
		/**
		 * Whose callback.
		 */
		holder: string;
		offset: FailureOffset;
		length: FailureLength;
		flags: FailureFlags;
		agent: number;
		/**
		 * Index of the callback's call event.
		 */
		event: number;
	}[];
	/**
	 * What went wrong. The agent of a fault ends there; the others go on.
	 */
	faults: {
		fault: FaultName;
		/**
		 * Whose fault; null for all.
		 */
		agent: number | null;
		/**
		 * Index of the event before the fault; -1 when there was none.
		 */
		event: number;
	}[];
	/**
	 * Agents that still waited at the end, and for what.
	 */
	blocked: {
		agent: number;
		op: Op;
		object: string;
	}[];
	/**
	 * null when the schedule was followed; else the first choice that could not be taken, and why.
	 */
	diverged: null | {
		/**
		 * Index in the schedule.
		 */
		at: number;
		/**
		 * The agent asked for.
		 */
		agent: number;
		/**
		 * late: it was not its turn in time, on a busy machine, and may be another time.
		 */
		why: 'ended' | 'blocked' | 'unknown-agent' | 'late';
	};
}
export interface Event {
	/**
	 * Who did it.
	 */
	agent: number;
	op: Op;
	/**
	 * What was touched: a field of the device, dax_srcu, a lock, or for call and return the function (a holder's callback is HOLDER.notify_failure).
	 */
	object: string;
	/**
	 * READ_ONCE, WRITE_ONCE or atomic; false for a plain access.
	 */
	marked: boolean;
	old: Value;
	new: Value;
	/**
	 * The call of the program within which it happened.
	 */
	site: number;
	/**
	 * The kernel function within which it happened.
	 */
	function: string;
	/**
	 * FILE:LINE where known.
	 */
	source?: string;
	/**
	 * The agents that could have gone on before this event, ascending.
	 *
	 * @minItems 1
	 */
	enabled: number[];
}
