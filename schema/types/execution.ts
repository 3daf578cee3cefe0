// SPDX-License-Identifier: MIT
// Generated from execution.schema.json by "npm run types". Do not edit.
import type { FailureFlags, FailureLength, FailureOffset, FaultName } from './common';

/**
 * How an object was touched. rmw: an atomic read-modify-write (cmpxchg, set_bit, igrab, iput). lock, unlock: a mutex. srcu-lock, srcu-unlock: a read section. sync-begin, sync-end: synchronize_srcu() collects the open read sections; all of them have ended. call, return: of an API call or a callback. free: the final iput() freed the device.
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
 * A value of a field: a holder's name, true or false (flags), a count (i_count), null for NULL or for no value.
 */
export type Value = string | number | boolean | null;

/**
 * The execution of a program under one schedule: ordered events and their consequences.
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
		/**
		 * The second device, in a program that has memory for one.
		 */
		log?: {
			alive: boolean;
			holder: string | null;
			ops: string | null;
		};
	};
	/**
	 * All events, in order. Choice i of a schedule is the agent of event i. An implementation ends an endless execution with the fault livelock.
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
		 * ok, an error, a holder's name, alive or dead (dax_alive), or null for a NULL pointer; functions without a result return ok. A pointer to a dax_device is log for the second device.
		 */
		value: string | null;
		/**
		 * *start_off after the return, in bytes, for a call with start_off; untouched if it was left alone.
		 */
		start_off?: number | 'untouched';
	}[];
	device: FinalDevice;
	log?: FinalDevice;
	/**
	 * WARNs, in order.
	 */
	warnings: {
		/**
		 * Kernel function that issued the WARN.
		 */
		function: string;
		/**
		 * FILE:LINE where known.
		 */
		source?: string;
		agent: number;
		/**
		 * Index of the event before the WARN.
		 */
		event: number;
	}[];
	/**
	 * Calls of holders' notify_failure, in order.
	 */
	callbacks: {
		/**
		 * Holder of the callback.
		 */
		holder: string;
		/**
		 * The dax_device argument, where it is not the device: log, or unknown for any other pointer.
		 */
		device?: 'log' | 'unknown';
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
	 * Faults, in order. The agent of a fault ends there; the others go on.
	 */
	faults: {
		fault: FaultName;
		/**
		 * Agent with the fault; null for all.
		 */
		agent: number | null;
		/**
		 * Index of the event before the fault; -1 when there was none.
		 */
		event: number;
		/**
		 * The call of a fault system-call, such as openat().
		 */
		call?: string;
	}[];
	/**
	 * Agents that still waited at the end, each with the operation that it waited for.
	 */
	blocked: {
		agent: number;
		op: Op;
		object: string;
	}[];
	/**
	 * null when the schedule was followed; else the first choice that could not be taken, with the reason.
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
		 * late: the agent did not run in time, on a busy machine; a retry may succeed.
		 */
		why: 'ended' | 'blocked' | 'unknown-agent' | 'late';
	};
}
export interface Event {
	/**
	 * Agent of the event.
	 */
	agent: number;
	op: Op;
	/**
	 * Object of the event: a field of the device, dax_srcu, a lock, or for call and return the function (a holder's callback is HOLDER.notify_failure). Fields and locks of the second device begin with log., such as log.holder_data.
	 */
	object: string;
	/**
	 * READ_ONCE, WRITE_ONCE or atomic; false for a plain access.
	 */
	marked: boolean;
	old: Value;
	new: Value;
	/**
	 * Site of the call in the program.
	 */
	site: number;
	/**
	 * Kernel function of the event.
	 */
	function: string;
	/**
	 * True if the compiler may have inlined the function of the event into the one that is named.
	 */
	inlined?: boolean;
	/**
	 * FILE:LINE where known.
	 */
	source?: string;
	/**
	 * Agents that could run before this event, ascending.
	 *
	 * @minItems 1
	 */
	enabled: number[];
}
/**
 * A device when no agent could go on; log is the second one, in a program that has memory for it.
 */
export interface FinalDevice {
	alive: boolean;
	holder: string | null;
	ops: string | null;
	/**
	 * References relative to when the threads started.
	 */
	refs: number;
}
