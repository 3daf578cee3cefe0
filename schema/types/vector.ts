// SPDX-License-Identifier: MIT
// Generated from vector.schema.json by "npm run types". Do not edit.
import type {
	CallName,
	DaxOperation,
	DriverType,
	ErrorName,
	FailureFlags,
	FailureLength,
	FailureOffset,
	Name,
	ObjectName,
	VectorId
} from './common';

/**
 * A test vector, format 1: an initial dax_device, threads of API calls, and what must hold in every interleaving of them.
 */
export type Vector = {
	/**
	 * Version of this format. A runner refuses a version that it does not know.
	 */
	format: 1;
	id: VectorId;
	/**
	 * The statement to check, as one sentence without a full stop. May be reworded; the meaning of an id may not change.
	 */
	title: string;
	/**
	 * normative: rests on a cited statement of upstream's and is scored. open: upstream never settled it; it is run and shown, never scored. retired: a tombstone, kept so that the id is never used again.
	 */
	status: 'normative' | 'open' | 'retired';
	/**
	 * Why this vector was retired. Required with status retired, refused without.
	 */
	retired?: {
		/**
		 * Reason why the vector is no longer valid.
		 */
		reason: string;
		'replaced-by'?: VectorId;
	};
	/**
	 * Words to select vectors by (run --tag).
	 *
	 * @minItems 1
	 */
	tags: Tag[];
	bug?: Bug;
	/**
	 * Variants of the vector: each gives a value to every $name that the vector uses. The variant's own id is ID/VARIANT.
	 */
	variants?: {
		/**
		 * Values of this variant, by $name without the dollar sign.
		 */
		[k: string]: {
			[k: string]: string | number | null;
		};
	};
	/**
	 * Every holder that claims, releases or is notified in this vector. Its name also names its dax_holder_operations.
	 */
	holders?: {
		[k: string]: Holder;
	};
	device?: InitialDevice;
	/**
	 * A second dax_device, such as the one that XFS has for its log, with a disk, a driver and a number of its own; calls name it with device: log. null is memory for a device that alloc_dax() makes. Without it there is one device.
	 */
	log?: InitialDevice | null;
	/**
	 * Calls made one after the other before the threads start. They are neither explored nor compared, and references are counted from after them.
	 *
	 * @minItems 1
	 * @maxItems 16
	 */
	setup?: Call[];
	/**
	 * Concurrent threads; each makes its calls in order.
	 */
	threads?: {
		/**
		 * The calls of this thread, in order.
		 *
		 * @minItems 1
		 * @maxItems 16
		 */
		[k: string]: Call[];
	};
	/**
	 * Named interleavings: they document, and they drive implementations that cannot explore.
	 */
	orders?: {
		[k: string]: Order;
	};
	/**
	 * The allowed outcomes. Each execution must match exactly one; keys that an outcome leaves out are not compared, so no two outcomes may overlap.
	 */
	outcomes?: {
		[k: string]: Outcome;
	};
	/**
	 * Further statements about every execution to which they apply: moments, orders, conditions.
	 */
	rules?: {
		[k: string]: Rule;
	};
	warnings?: Warnings;
	/**
	 * The weakest memory model under which the vector must hold: x86-TSO, or the Linux kernel memory model; by default, sequential consistency. run --memory judges the vector under the model.
	 */
	memory?: 'tso' | 'lkmm';
	/**
	 * none: no interleaving may have a data race (two concurrent accesses of one field, at least one of them a write and at least one plain, as KCSAN defines it). By default data races are reported and never fail the vector.
	 */
	races?: 'none';
};
/**
 * claim, release, notify, removal, revival: calls of the vector. lifetime: references and the final iput. race, sequential: with or without concurrency. callback: calls from notify_failure. warning: expects or excludes a WARN. null-holder, null-ops, null-device: NULL arguments. srcu: read sections and grace periods. contract-violation: a caller breaks the rules.
 */
export type Tag =
	| 'claim'
	| 'release'
	| 'notify'
	| 'removal'
	| 'revival'
	| 'lifetime'
	| 'race'
	| 'sequential'
	| 'callback'
	| 'warning'
	| 'null-holder'
	| 'null-ops'
	| 'null-device'
	| 'srcu'
	| 'contract-violation';
/**
 * A source: a commit of the kernel, or a mail of a public list.
 */
export type Link = {
	/**
	 * rule: where upstream states what must hold. introduced-by, fixed-by: commits. report: the bug report. discussion: anything else.
	 */
	role: 'rule' | 'introduced-by' | 'fixed-by' | 'report' | 'discussion';
	/**
	 * Abbreviated (12 digits or more) or full commit id.
	 */
	commit?: string;
	/**
	 * Subject line of the commit.
	 */
	subject?: string;
	/**
	 * Message-ID without angle brackets.
	 */
	'message-id'?: string;
	/**
	 * Author.
	 */
	by?: string;
	/**
	 * Quotation or summary.
	 */
	says?: string;
} & Link1;
export type Link1 = {
	[k: string]: unknown;
};
/**
 * Stop of a thread; by default its end.
 */
export type Stop = {
	/**
	 * Stop right after the thread accessed this object.
	 */
	after?: ObjectName;
	/**
	 * Stop right before the thread accesses this object.
	 */
	before?: ObjectName;
	/**
	 * Count only accesses of this kind.
	 */
	how?: 'read' | 'write' | 'rmw' | 'srcu-lock' | 'srcu-unlock' | 'sync-begin' | 'sync-end';
	/**
	 * Stop at the nth access, counted from the start of the step; 1 by default.
	 */
	nth?: number;
	/**
	 * Stop when this call has returned.
	 */
	returned?: Name;
	/**
	 * Stop when the thread has to wait.
	 */
	blocked?: true;
} & Stop1;
export type Stop1 = {
	[k: string]: unknown;
};
/**
 * What a call returned: ok (0, or the device), log (the second device), null (a NULL pointer), an error, a holder (dax_holder; a driver whose operation a dax_direct_access or the like called), none (nothing written or copied), alive or dead (dax_alive), not-called, or $name of a variant's word. For start_off: a number of bytes, or untouched.
 */
export type ResultValue = null | number | string;
/**
 * A holder, null, or a list of which one must match.
 */
export type HolderExpectation = HolderOrNull | HolderOrNull[];
/**
 * A holder of this vector, or null for a NULL pointer.
 */
export type HolderOrNull = Name | null;
/**
 * How often: a number, or a list of which one must match.
 */
export type Times = number | number[];
/**
 * Numbers of WARNs by kernel function; none (the default) if there must be none.
 */
export type Warnings =
	| 'none'
	| {
			[k: string]: Times;
	  };
/**
 * A fault that is expected. A crash (null-dereference, use-after-free and the like) never satisfies an expectation.
 */
export type ExpectedFault = 'deadlock' | 'livelock' | 'double-fetch';
/**
 * One statement that must hold in every execution to which it applies.
 */
export type Rule = Rule1 & {
	/**
	 * Reason why this must hold.
	 */
	because?: string;
	when?: Condition;
	/**
	 * The device at the moment when a call or thread returns.
	 */
	after?: {
		[k: string]: DevicesAtMoment;
	};
	/**
	 * The device at every moment between two points.
	 */
	throughout?: {
		/**
		 * From the return of this call or thread.
		 */
		from: Name;
		/**
		 * Until this call or thread begins; without it, until the end.
		 */
		until?: Name;
		device: DevicesAtMoment;
	};
	/**
	 * Once a call or thread has returned, no callback of this holder runs or starts.
	 */
	quiet?: {
		after: Name;
		holder: Name;
	};
	results?: Results;
	device?: DeviceAtEnd;
	log?: DeviceAtEnd;
	callbacks?: Callbacks;
	warnings?: Warnings;
};
export type Rule1 = {
	[k: string]: unknown;
};

/**
 * The bug that a failure shows, and its sources.
 */
export interface Bug {
	/**
	 * Kind of bug that a failure shows.
	 */
	class:
		| 'lost-update'
		| 'double-claim'
		| 'stale-holder'
		| 'missed-notification'
		| 'repeated-notification'
		| 'wrong-result'
		| 'false-warning'
		| 'missing-warning'
		| 'double-fetch'
		| 'data-race'
		| 'reference-leak'
		| 'reference-underflow'
		| 'null-dereference'
		| 'use-after-release'
		| 'dead-device-claim'
		| 'deadlock';
	/**
	 * Effect of a failure on a user of the kernel.
	 */
	effect: string;
	/**
	 * reported: a person said so on a public list or in a commit. inferred: read off the code; see model.
	 */
	evidence: 'reported' | 'inferred';
	/**
	 * Result of exploring the reference for an inferred bug.
	 */
	model?: string;
	/**
	 * Sources. A normative vector needs one with the role rule.
	 *
	 * @minItems 1
	 */
	links: Link[];
}
/**
 * Properties of this holder; {} if it has none.
 */
export interface Holder {
	/**
	 * The holder's callback; null when its operations have none. By default it returns ok and does nothing.
	 */
	notify_failure?: null | {
		/**
		 * What the callback returns.
		 */
		returns?: 'ok' | ErrorName;
		/**
		 * Calls made from inside the callback, in order.
		 *
		 * @minItems 1
		 * @maxItems 8
		 */
		calls?: Call[];
	};
	/**
	 * Members that its dax_operations lack, where it is a driver; by default none.
	 *
	 * @minItems 1
	 */
	lacks?: DaxOperation[];
}
/**
 * One call of the protocol, with the arguments that it takes.
 */
export interface Call {
	/**
	 * The function by its kernel name, or $name of a variant's word.
	 */
	call: CallName | string;
	/**
	 * The dax_device argument: null for a NULL pointer, log for the second device, or $NAME for what an earlier call of the same thread, named NAME by its as, returned. Without it, the device. A call that takes a disk or a number takes that of the device.
	 */
	device?: null | 'log' | string;
	/**
	 * The holder argument of fs_dax_get, fs_dax_get_by_bdev, fs_put_dax.
	 */
	holder?: Name | null;
	/**
	 * The operations argument, as the name of a holder: dax_holder_operations for fs_dax_get and fs_dax_get_by_bdev; dax_operations of a driver for dax_set_ops, alloc_dax and device_driver_attach, whose probe sets them.
	 */
	ops?: Name | null;
	offset?: FailureOffset;
	length?: FailureLength;
	flags?: FailureFlags;
	/**
	 * The type of the driver that device_driver_attach() binds the device to.
	 */
	driver?: DriverType;
	/**
	 * Name of *start_off of fs_dax_get_by_bdev(), which the call stores in bytes; results refer to it. untouched if it was left alone.
	 */
	start_off?: Name;
	/**
	 * Name of this call, by which results and moments refer to it.
	 */
	as?: Name;
}
/**
 * The dax_device before setup and threads: free, or claimed by a holder with or without operations. Any other state is made by setup calls.
 */
export interface InitialDevice {
	/**
	 * Is DAXDEV_ALIVE set?
	 */
	alive: boolean;
	/**
	 * Holder whose pointer is in holder_data; null if free.
	 */
	holder: Name | null;
	/**
	 * Holder whose operations are in holder_ops; null for NULL.
	 */
	ops: Name | null;
	/**
	 * References held at the start; by default one for the driver and one for the holder.
	 */
	refs?: number;
}
/**
 * One interleaving: steps of threads and their stops.
 */
export interface Order {
	/**
	 * Purpose of this interleaving.
	 */
	about?: string;
	/**
	 * Threads to run, each until a stop. Unfinished threads run to their end afterwards, in order.
	 *
	 * @minItems 1
	 * @maxItems 64
	 */
	steps: {
		/**
		 * The thread to run.
		 */
		run: Name;
		until?: Stop;
	}[];
	/**
	 * The one outcome that this interleaving must have.
	 */
	outcome?: Name;
}
/**
 * One allowed outcome.
 */
export interface Outcome {
	results?: Results;
	device?: DeviceAtEnd;
	log?: DeviceAtEnd;
	callbacks?: Callbacks;
	warnings?: Warnings;
	/**
	 * Faults that this outcome has; without it, none.
	 *
	 * @minItems 1
	 */
	faults?: ExpectedFault[];
	/**
	 * occur: some interleaving must have this outcome, else the vector fails.
	 */
	must?: 'occur';
}
/**
 * Results by the name of the call (as): one value, or a list of which one must match.
 */
export interface Results {
	[k: string]: ResultValue | ResultValue[];
}
/**
 * Fields of the device when all threads have ended; only the fields named are compared.
 */
export interface DeviceAtEnd {
	/**
	 * Is DAXDEV_ALIVE set?
	 */
	alive?: boolean;
	holder?: HolderExpectation;
	ops?: HolderExpectation;
	/**
	 * References relative to the start: -1 after one was dropped.
	 */
	refs?: number | number[];
}
/**
 * How often each holder's notify_failure was called, and with which arguments.
 */
export interface Callbacks {
	[k: string]:
		| Times
		| {
				times: Times;
				offset?: FailureOffset;
				length?: FailureLength;
				flags?: FailureFlags;
				/**
				 * The dax_device argument, if it must be the second device.
				 */
				device?: 'log';
		  };
}
/**
 * Condition of a rule: the rule applies to executions that meet all parts.
 */
export interface Condition {
	/**
	 * [x, y]: x returned before y began. x and y name calls or threads.
	 *
	 * @minItems 2
	 * @maxItems 2
	 */
	before?: Name[];
	results?: Results;
}
/**
 * Fields of the device, and under log those of the second device; only the fields named are compared.
 */
export interface DevicesAtMoment {
	/**
	 * Is DAXDEV_ALIVE set?
	 */
	alive?: boolean;
	holder?: HolderExpectation;
	ops?: HolderExpectation;
	log?: DeviceAtMoment;
}
/**
 * Fields of the device; only the fields named are compared.
 */
export interface DeviceAtMoment {
	/**
	 * Is DAXDEV_ALIVE set?
	 */
	alive?: boolean;
	holder?: HolderExpectation;
	ops?: HolderExpectation;
}
