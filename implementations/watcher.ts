// SPDX-License-Identifier: MIT
/** A kernel whose dax calls are traced: what was observed, as plain data. */

/** Fields of a dax_device, read by the tracing of the kernel; pointers as numbers. */
export interface Fields {
	readonly holder: bigint;
	readonly ops: bigint;
	readonly alive: boolean;
}

/** One event of the trace. */
export interface Observation {
	/** callback: the begin of a holder's notify_failure(); attached: its name was traced from here on. */
	readonly kind: 'call' | 'callback' | 'return' | 'warning' | 'freed' | 'attached';
	/** Position among all events of all processors. */
	readonly order: number;
	/** Id of the task. */
	readonly task: number;
	/** Function that is called, returns or warns. */
	readonly name: string;
	/** Arguments and results by name; "(fault)" where memory could not be read. */
	readonly values: Readonly<Record<string, string>>;
	/** Absent where the kernel cannot read them, or there is no device. */
	readonly fields?: Fields;
	/** Name of the task; only for a call. */
	readonly command?: string;
	/** Innermost first, such as "xfs_free_buftarg+0x3d/0x70 [xfs]"; not for a return. */
	readonly stack: readonly string[];
}

/** The end of a trace. */
export interface Watched {
	/** In order. */
	readonly observations: readonly Observation[];
	/** Reasons why the trace is incomplete, such as lost events. */
	readonly problems: readonly string[];
}

export interface Watcher {
	/** The kernel, for people. */
	readonly description: string;
	/** Its release, such as 7.3.4+deb13-amd64. */
	readonly release: string;
	/** Functions that are not traced, because the kernel lacks them or refuses a probe. */
	readonly missing: readonly string[];
	/** True if observations have fields. */
	readonly readsFields: boolean;
	/** Resolves when the trace has ended before stop(), such as with a lost connection. */
	readonly ended: Promise<void>;
	/** Number of observations so far. */
	count(): number;
	/** Runs a shell command on the machine; gives its exit code, null after a lost connection. */
	run(command: string, output: (text: string) => void): Promise<number | null>;
	/** Ends the trace and removes all of it from the machine. */
	stop(): Promise<Watched>;
}
