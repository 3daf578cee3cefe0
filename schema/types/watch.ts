// SPDX-License-Identifier: MIT
// Generated from watch.schema.json by "npm run types". Do not edit.
import type { VectorId } from './common';
import type { Lanes } from './report';

/**
 * One line of dax-vectors watch --reporter json: a header, one record for each finding, then a footer. A watch without its footer was cut.
 */
export type WatchRecord = Header | Finding | Footer;

export interface Header {
	record: 'header';
	/**
	 * Version of this format.
	 */
	format: 1;
	tool: 'dax-vectors';
	/**
	 * Version of dax-vectors.
	 */
	version: string;
	/**
	 * Date and time, ISO 8601.
	 */
	started: string;
	/**
	 * As given to watch.
	 */
	address: string;
	/**
	 * The kernel, for people.
	 */
	description: string;
	/**
	 * Release of the kernel.
	 */
	release: string;
	/**
	 * Command that was run there; null without one.
	 */
	command: string | null;
	/**
	 * true if the kernel reads the fields of devices for the trace.
	 */
	fields: boolean;
	/**
	 * Functions that are not traced: the kernel lacks them.
	 */
	missing: string[];
}
export interface Finding {
	record: 'finding';
	/**
	 * Name of the rule or invariant.
	 */
	rule: string;
	/**
	 * caller: a caller broke a rule. callee: drivers/dax/super.c broke an invariant.
	 */
	by: 'caller' | 'callee';
	/**
	 * The rule as a sentence.
	 */
	invariant: string;
	/**
	 * What happened, with the names of holders.
	 */
	message: string;
	/**
	 * Effect on a user of the kernel.
	 */
	effect: string;
	/**
	 * Vectors that state the rule.
	 *
	 * @minItems 1
	 */
	vectors: VectorId[];
	/**
	 * How often it happened with the same callers.
	 */
	count: number;
	/**
	 * Name of the device in this watch.
	 */
	device: string;
	lanes: Lanes;
	/**
	 * The calls that show it, in order.
	 */
	calls: {
		/**
		 * Such as fs_put_dax(A).
		 */
		call: string;
		/**
		 * Name and id of the task.
		 */
		by: string;
		/**
		 * The callers, innermost first.
		 */
		stack: string[];
	}[];
}
export interface Footer {
	record: 'footer';
	findings: number;
	/**
	 * Devices with a call.
	 */
	devices: number;
	/**
	 * Number of calls by function.
	 */
	calls: {
		[k: string]: number;
	};
	/**
	 * Situations of vectors that occurred.
	 */
	situations: {
		name: string;
		vectors: VectorId[];
		count: number;
	}[];
	/**
	 * Holders that had not released at the end.
	 */
	held: {
		device: string;
		holder: string;
		/**
		 * Task that claimed; null where the claim came before the watch.
		 */
		by: string | null;
	}[];
	/**
	 * What was not judged, and why.
	 */
	unseen: string[];
	/**
	 * Reasons why the trace is incomplete. With any, nothing is called clean.
	 */
	problems: string[];
	/**
	 * Exit code of the command; null without a command, and when its connection was lost.
	 */
	commandExit: number | null;
	/**
	 * Exit code of watch.
	 */
	exit: number;
}
