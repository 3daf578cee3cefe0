// SPDX-License-Identifier: MIT
// Generated from protocol.schema.json by "npm run types". Do not edit.
import type { CallName, FieldName } from './common';
import type { Execution } from './execution';
import type { Program } from './program';

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
	 */
	calls: CallName[];
	/**
	 * The fields whose accesses are events.
	 */
	fields: FieldName[];
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
