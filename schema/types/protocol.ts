// SPDX-License-Identifier: MIT
// Generated from protocol.schema.json by "npm run types". Do not edit.

/**
 * One line between the runner and an adapter (exec:COMMAND): JSON lines, version 1. Requests go to the adapter's stdin; each has exactly one answer on its stdout, in the order of the requests.
 */
export type ProtocolLine = HelloRequest | ExecuteRequest | Hello | Results | Skipped | Errored;
/**
 * Names a request. Means nothing to the adapter, which puts it into the answer as it is.
 */
export type Seq = string;

/**
 * The first request: who is there?
 */
export interface HelloRequest {
	seq: Seq;
	request: 'hello';
	/**
	 * Version of this protocol.
	 */
	protocol: 1;
}
/**
 * Execute the program once for each schedule, from the start each time.
 */
export interface ExecuteRequest {
	seq: Seq;
	request: 'execute';
	program: Program;
	/**
	 * Choice i of a schedule is the agent of event i. After the last choice the current agent goes on until it ends or blocks, then the lowest enabled one.
	 *
	 * @minItems 1
	 */
	schedules: number[][];
}
/**
 * What an implementation executes: one variant of a vector with every word filled in, and nothing of what is expected.
 */
export interface Program {
	/**
	 * Id of the vector and its variant, such as DAXV-0001/fs_dax_get.
	 */
	id: string;
	/**
	 * Callbacks by holder; null where the holder's operations have none.
	 */
	holders: {
		[k: string]: null | {
			/**
			 * What notify_failure returns: ok or an error.
			 */
			returns: string;
			/**
			 * Calls made from inside notify_failure, in order.
			 */
			calls: ProgramCall[];
		};
	};
	/**
	 * The dax_device before setup.
	 */
	device: {
		alive: boolean;
		holder: string | null;
		ops: string | null;
		refs: number;
	};
	/**
	 * Calls made one after the other before the threads start, outside the schedule.
	 */
	setup: ProgramCall[];
	/**
	 * Agents 0, 1, ... of schedules and events.
	 *
	 * @minItems 1
	 */
	threads: {
		name: string;
		/**
		 * @minItems 1
		 */
		calls: ProgramCall[];
	}[];
}
export interface ProgramCall {
	/**
	 * Number of this call, unique in the program; results and events refer to it.
	 */
	site: number;
	/**
	 * A function of the holder protocol (drivers/dax/super.c), or one of the kernel that changes what it looks at (partitions, the driver of a device), by its kernel name.
	 */
	call:
		| 'fs_dax_get'
		| 'fs_dax_get_by_bdev'
		| 'fs_put_dax'
		| 'put_dax'
		| 'kill_dax'
		| 'run_dax'
		| 'dax_holder_notify_failure'
		| 'dax_holder'
		| 'dax_alive'
		| 'dax_read_lock'
		| 'dax_read_unlock'
		| 'dax_get_private'
		| 'dax_set_ops'
		| 'alloc_dax'
		| 'dax_dev_get'
		| 'dax_dev_find'
		| 'dax_add_host'
		| 'dax_remove_host'
		| 'bdev_add_partition'
		| 'device_driver_attach'
		| 'device_release_driver';
	holder?: string | null;
	ops?: string | null;
	/**
	 * Offset of the failed range in the device, in bytes.
	 */
	offset?: number;
	/**
	 * Length of the failed range in bytes; U64_MAX is the whole device.
	 */
	length?: number | 'U64_MAX';
	/**
	 * The mf_flags argument of dax_holder_notify_failure(): 0 or a flag by its kernel name.
	 */
	flags?: 0 | 'MF_ACTION_REQUIRED' | 'MF_MEM_PRE_REMOVE';
	/**
	 * The type of a driver on the dax bus, by its kernel name (drivers/dax/bus.h). fs_dax_get() takes devices of DAXDRV_FSDEV_TYPE only.
	 */
	driver?: 'DAXDRV_FSDEV_TYPE' | 'DAXDRV_DEVICE_TYPE';
}
/**
 * Who the adapter is and what it has.
 */
export interface Hello {
	seq: Seq;
	answer: 'hello';
	/**
	 * Version of this protocol.
	 */
	protocol: 1;
	/**
	 * Name of what is tested.
	 */
	name: string;
	/**
	 * Its version.
	 */
	version: string;
	/**
	 * Name of its list of known failures; merged: what upstream merged. Without it there is no such list.
	 */
	target?: string;
	/**
	 * One line for a person.
	 */
	description?: string;
	/**
	 * The calls that it has. A vector that uses another one does not apply.
	 *
	 * Items: A function of the holder protocol (drivers/dax/super.c), or one of the kernel that changes what it looks at (partitions, the driver of a device), by its kernel name.
	 */
	calls: (
		| 'fs_dax_get'
		| 'fs_dax_get_by_bdev'
		| 'fs_put_dax'
		| 'put_dax'
		| 'kill_dax'
		| 'run_dax'
		| 'dax_holder_notify_failure'
		| 'dax_holder'
		| 'dax_alive'
		| 'dax_read_lock'
		| 'dax_read_unlock'
		| 'dax_get_private'
		| 'dax_set_ops'
		| 'alloc_dax'
		| 'dax_dev_get'
		| 'dax_dev_find'
		| 'dax_add_host'
		| 'dax_remove_host'
		| 'bdev_add_partition'
		| 'device_driver_attach'
		| 'device_release_driver'
	)[];
	/**
	 * The fields whose accesses are events.
	 *
	 * Items: A field of struct dax_device, by its kernel name. flags is its DAXDEV_ALIVE bit, i_count the reference count of the embedded inode.
	 */
	fields: ('holder_data' | 'holder_ops' | 'flags' | 'i_count')[];
	/**
	 * true: it follows every schedule. false: it runs freely, so it can refute a vector and never prove one.
	 */
	explores: boolean;
	/**
	 * What it can take at once; without a word, whatever comes.
	 */
	limits: {
		/**
		 * Threads of a program.
		 */
		threads?: number;
		/**
		 * Schedules of a request.
		 */
		batch?: number;
		/**
		 * Choices of a schedule.
		 */
		schedule?: number;
	};
}
/**
 * The executions, one for each schedule, in order.
 */
export interface Results {
	seq: Seq;
	answer: 'results';
	executions: Execution[];
}
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
		/**
		 * Offset of the failed range in the device, in bytes.
		 */
		offset: number;
		/**
		 * Length of the failed range in bytes; U64_MAX is the whole device.
		 */
		length: number | 'U64_MAX';
		/**
		 * The mf_flags argument of dax_holder_notify_failure(): 0 or a flag by its kernel name.
		 */
		flags: 0 | 'MF_ACTION_REQUIRED' | 'MF_MEM_PRE_REMOVE';
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
		/**
		 * What can go wrong in an execution beyond its results. null-dereference: memory at NULL was touched. null-call: a call through a NULL pointer. use-after-free: the dax_device was touched after its final iput(). wild-access: memory was touched that is nobody's. stack-overflow: a kernel's stack would be full. bug: BUG(), or what a processor refuses. deadlock: every unfinished thread waits. livelock: the execution passed its step limit. double-fetch: one call read a field twice and saw two values.
		 */
		fault:
			| 'null-dereference'
			| 'null-call'
			| 'use-after-free'
			| 'wild-access'
			| 'stack-overflow'
			| 'bug'
			| 'deadlock'
			| 'livelock'
			| 'double-fetch';
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
		/**
		 * How an object was touched. rmw: an atomic read-modify-write (cmpxchg, set_bit, igrab, iput). lock, unlock: a mutex. srcu-lock, srcu-unlock: a read section. sync-begin, sync-end: synchronize_srcu() looks who reads; all of those have left. call, return: of an API call or a callback. free: the final iput() gave the device back.
		 */
		op:
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
	/**
	 * How an object was touched. rmw: an atomic read-modify-write (cmpxchg, set_bit, igrab, iput). lock, unlock: a mutex. srcu-lock, srcu-unlock: a read section. sync-begin, sync-end: synchronize_srcu() looks who reads; all of those have left. call, return: of an API call or a callback. free: the final iput() gave the device back.
	 */
	op:
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
	 * What was touched: a field of the device, dax_srcu, a lock, or for call and return the function (a holder's callback is HOLDER.notify_failure).
	 */
	object: string;
	/**
	 * READ_ONCE, WRITE_ONCE or atomic; false for a plain access.
	 */
	marked: boolean;
	/**
	 * A value of a field: a holder's name, true or false (flags), a count (i_count), null for NULL or for nothing.
	 */
	old: string | number | boolean | null;
	/**
	 * A value of a field: a holder's name, true or false (flags), a count (i_count), null for NULL or for nothing.
	 */
	new: string | number | boolean | null;
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
/**
 * The program has something that the adapter does not know: the vector does not apply.
 */
export interface Skipped {
	seq: Seq;
	answer: 'skipped';
	/**
	 * What it does not know, for a person.
	 */
	reason: string;
}
/**
 * The adapter failed; it counts as a crash. What the code under test does wrong is a fault of an execution instead.
 */
export interface Errored {
	seq: Seq;
	answer: 'errored';
	/**
	 * What went wrong, for a person.
	 */
	message: string;
}
