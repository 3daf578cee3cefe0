// SPDX-License-Identifier: MIT
/**
 * The one interface that makes a model, native C and a live kernel interchangeable: something that executes a
 * program under a schedule, completely, and says what happened.
 */
import type { CallName, FieldName } from '../schema/types/common';
import type { Execution } from '../schema/types/execution';
import type { Program } from '../schema/types/program';
import type { IsolatedThreads } from './isolated-threads';

export type { Fence, IsolatedThreads, Order, ThreadEvent, ThreadRun } from './isolated-threads';
export type { Execution, Program };

/** Which agent goes on, for each event: a prefix. Agent numbers are indexes into Execution.agents. */
export type Schedule = readonly number[];

/** Why nothing can be said here. not-run: what to do about it; skip: nothing applies. */
export interface Obstacle {
	readonly verdict: 'not-run' | 'skip';
	readonly reason: string;
}

/** Thrown by execute() to say which verdict it is that there is no answer. Whatever else is thrown is a crash. */
export class NoAnswer extends Error {
	constructor(
		readonly verdict: 'skip' | 'not-run' | 'timeout' | 'crash' | 'error',
		message: string,
	) {
		super(message);
	}
}

export interface Implementation {
	/** What selects it, such as "reference:v3". */
	readonly address: string;
	/** What it stands for: the name of its known-failures file, such as "v3". */
	readonly target: string;
	/** One line for a person. */
	readonly description: string;
	/** What exactly is tested, where it is known: a kernel's release, a commit, a hash of its file. */
	readonly revision?: string;
	/** What compiled it, as it calls itself, where it is known. */
	readonly compiler?: string;
	/** The calls that it has. A vector that uses another one does not apply (skip). */
	readonly calls: readonly CallName[];
	/** The fields whose accesses appear in its events. A moment of another field cannot be judged (not-run). */
	readonly fields: readonly FieldName[];
	/** false when it cannot follow an arbitrary schedule: it is then driven through named orders only. */
	readonly explores: boolean;
	/** false when it cannot tell plain accesses from marked ones: nothing is said of data races then. */
	readonly marks?: boolean;
	/** true when it runs freely, whatever the schedule says: what is seen can refute, and never prove. */
	readonly stress?: boolean;
	/** Set where it cannot execute anything: every vector then has this verdict. */
	readonly obstacle?: Obstacle;

	/** Opens another one like it, to run beside it. Without this there can be only one. */
	another?(): Promise<Implementation>;

	/** Where it takes time to learn what it is: gives what it is. Never rejects; used before anything else here. */
	ready?(): Promise<Implementation>;

	/**
	 * Executes the program once for each schedule, in order. Choice i of a schedule is the agent of event i; after the
	 * last choice the current agent goes on until it ends or blocks, then the lowest enabled one. A choice that
	 * cannot be taken ends the schedule there and is reported as diverged. Every execution goes on until no agent can.
	 */
	execute(program: Program, schedules: readonly Schedule[]): Execution[] | Promise<Execution[]>;

	/** Takes a program apart into its threads, for memory models. Without this it is sequentially consistent only. */
	isolate?(program: Program): IsolatedThreads | null;

	/** Gives back what it holds (processes, guests). */
	close?(): Promise<void>;
}
