// SPDX-License-Identifier: MIT
/**
 * The interface that makes a model, native C and a live kernel interchangeable: execute a program under a schedule to its
 * end, and give the execution.
 */
import type { CallName, FieldName } from '../schema/types/common';
import type { Execution } from '../schema/types/execution';
import type { Program } from '../schema/types/program';
import type { IsolatedThreads } from './isolated-threads';

export type { Fence, IsolatedThreads, Order, ThreadEvent, ThreadRun } from './isolated-threads';
export type { Execution, Program };

/** The agent of each event, for a prefix of the execution. Agents are indexes into Execution.agents. */
export type Schedule = readonly number[];

/** The reason why an implementation cannot execute. not-run: it ends with what to do; skip: no vector applies. */
export interface Obstacle {
	readonly verdict: 'not-run' | 'skip';
	readonly reason: string;
}

/** The error of execute() for a verdict without an execution. Any other error is the verdict crash. */
export class NoAnswer extends Error {
	constructor(
		readonly verdict: 'skip' | 'not-run' | 'timeout' | 'crash' | 'error',
		message: string,
	) {
		super(message);
	}
}

/** Targets with the same code for every call that a program reaches execute it alike. */
export interface Sharing {
	/** Calls that executions of a program reached so far. */
	reached(program: Program): ReadonlySet<CallName>;
	/** The same for isolated threads, with the calls that were made to find out what threads may write. */
	reachedIsolated(program: Program): ReadonlySet<CallName>;
	/** Identity of the code of a call; undefined for a call that is not supported. */
	codeOf(call: CallName): unknown;
}

export interface Implementation {
	/** The address that opens it, such as "reference:series-v3". */
	readonly address: string;
	/** Name of its known-failures list, such as "series-v3". */
	readonly target: string;
	/** One line for reports. */
	readonly description: string;
	/** Identity of the tested code where known: a kernel's release, a commit, a hash of its file. */
	readonly revision?: string;
	/** Name and version of the compiler, where known. */
	readonly compiler?: string;
	/** Supported calls. A vector with another call is skipped. */
	readonly calls: readonly CallName[];
	/** Reasons why other calls are not supported, where known. */
	readonly missing?: Readonly<Partial<Record<CallName, string>>>;
	/** Fields whose accesses are events. A vector about a moment of another field is not-run. */
	readonly fields: readonly FieldName[];
	/** False when it cannot follow any schedule: the runner then drives it through named orders only. */
	readonly explores: boolean;
	/** False when it cannot tell plain accesses from marked ones: the runner then reports no data races. */
	readonly marks?: boolean;
	/** True when it ignores schedules and runs freely: its executions can fail a vector and never pass it. */
	readonly stress?: boolean;
	/** True when a request takes longer than an execution: the runner then sends schedules ahead of their turn. */
	readonly remote?: boolean;
	/**
	 * True of the model: its tests check that its executions are valid and repeatable. The runner then checks the first
	 * execution of each program, and every execution of any other implementation.
	 */
	readonly tested?: boolean;
	/** Set when it cannot execute: the verdict and reason of every vector. */
	readonly obstacle?: Obstacle;

	/** Present where executions depend on the program and the code of calls only, so that results can be shared. */
	readonly sharing?: Sharing;

	/** Opens a copy that runs at the same time. Absent where only one can run. */
	another?(): Promise<Implementation>;

	/** Starts it and gives it with its final properties. Called before any other method; never rejects. */
	ready?(): Promise<Implementation>;

	/**
	 * Executes the program once for each schedule, in order. Choice i of a schedule is the agent of event i; after the
	 * last choice the current agent goes on until it ends or blocks, then the lowest enabled one. A choice that
	 * cannot be taken ends the schedule there and is reported as diverged. An execution ends when no agent can go on.
	 * Throws or rejects with NoAnswer.
	 */
	execute(program: Program, schedules: readonly Schedule[]): Execution[] | Promise<Execution[]>;

	/**
	 * Executes the choices of executions that execute() gave once more. Gives one itself where the new one is equal in
	 * everything. Absent: the runner asks execute() and compares. Throws or rejects with NoAnswer.
	 */
	repeat?(program: Program, executions: readonly Execution[]): Execution[] | Promise<Execution[]>;

	/** Isolates the threads of a program, for memory models. Absent where only sequential consistency is possible. */
	isolate?(program: Program): IsolatedThreads | null;

	/** Ends its processes and guests. */
	close?(): Promise<void>;
}
