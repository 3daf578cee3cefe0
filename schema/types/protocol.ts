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
 * Identifies a request. The adapter copies it into the answer.
 */
export type Seq = string;

/**
 * The first request: asks for name, version and abilities.
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
 * Name, version and abilities of the adapter.
 */
export interface Hello {
	seq: Seq;
	answer: 'hello';
	/**
	 * Version of this protocol.
	 */
	protocol: 1;
	/**
	 * Name of the implementation under test.
	 */
	name: string;
	/**
	 * Version of the implementation under test.
	 */
	version: string;
	/**
	 * Name of its list of known failures, such as merged; by default there is none.
	 */
	target?: string;
	/**
	 * One line for a person.
	 */
	description?: string;
	/**
	 * Calls that it supports. A vector with another call is skipped.
	 */
	calls: CallName[];
	/**
	 * The fields whose accesses are events.
	 */
	fields: FieldName[];
	/**
	 * true: it follows every schedule. false: it schedules threads itself, so it can fail a vector but never pass one.
	 */
	explores: boolean;
	/**
	 * Limits of a request; by default there are none.
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
 * The adapter does not support the program: the vector is skipped.
 */
export interface Skipped {
	seq: Seq;
	answer: 'skipped';
	/**
	 * Unsupported part, for a person.
	 */
	reason: string;
}
/**
 * The adapter failed; counts as a crash. Errors of the code under test are faults of an execution instead.
 */
export interface Errored {
	seq: Seq;
	answer: 'errored';
	/**
	 * Error message, for a person.
	 */
	message: string;
}
