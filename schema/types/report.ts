// SPDX-License-Identifier: MIT
// Generated from report.schema.json by "npm run types". Do not edit.
import type { VectorId } from './common';
import type { Value } from './execution';

/**
 * One line of a JSON report: a header, then one result for each vector variant and implementation, then a footer. A report without its footer was cut.
 */
export type ReportRecord = Header | Result | Footer;
/**
 * pass, xfail and skip are green. skip: does not apply. not-run: could not be decided. error: the implementation broke its contract with the runner.
 */
export type Verdict =
	'pass' | 'fail' | 'xfail' | 'xpass' | 'skip' | 'not-run' | 'timeout' | 'crash' | 'error';

export interface Header {
	record: 'header';
	/**
	 * Version of this format. Older ones are not read: 1 lacked the selection and the lanes, 2 held rendered text.
	 */
	format: 3;
	tool: 'dax-vectors';
	/**
	 * Version of dax-vectors.
	 */
	version: string;
	/**
	 * Hash of everything that can be run and judged.
	 */
	library: string;
	/**
	 * The part of the library that was run; null for all of it.
	 */
	shard: null | Shard;
	/**
	 * What was asked for of the library; all of it when all are empty.
	 */
	selection: {
		/**
		 * Name of the profile.
		 */
		profile: string | null;
		/**
		 * Ids or globs.
		 */
		ids: string[];
		tags: string[];
	};
	/**
	 * Date and time, ISO 8601.
	 */
	started: string;
	/**
	 * @minItems 1
	 */
	implementations: {
		/**
		 * As given to --implementation.
		 */
		address: string;
		/**
		 * Name of its known-failures file.
		 */
		target: string;
		description: string;
		/**
		 * Of what is tested, where known: a kernel's release, a commit, a hash of its file.
		 */
		revision?: string;
		/**
		 * What compiled it, where known.
		 */
		compiler?: string;
	}[];
	options: {
		order: 'any' | 'named';
		strategy: 'source-dpor' | 'sleep-sets' | 'naive' | 'bounded';
		preemptions: number | null;
		budget: number;
		/**
		 * The memory model; sc when absent.
		 */
		memory?: 'sc' | 'tso' | 'lkmm';
	};
}
export interface Shard {
	/**
	 * From 1.
	 */
	index: number;
	of: number;
}
export interface Result {
	record: 'result';
	/**
	 * Its address.
	 */
	implementation: string;
	/**
	 * Vector and variant, such as DAXV-0001/fs_dax_get.
	 */
	id: string;
	vector: VectorId;
	title: string;
	status: 'normative' | 'open';
	/**
	 * Does the verdict count? Open vectors are shown only.
	 */
	scored: boolean;
	verdict: Verdict;
	/**
	 * Why, in one line.
	 */
	reason: string;
	/**
	 * Of a known failure: where that is known from, as its list says.
	 */
	link?: string;
	completeness: Completeness;
	/**
	 * Traces seen by outcome.
	 */
	outcomes: {
		[k: string]: number;
	};
	failures: Failure[];
	/**
	 * The data races of all traces, each once. A note: only a vector that says races: none fails for them.
	 */
	races: DataRace[];
	milliseconds: number;
}
/**
 * How much was explored. exhaustive: every interleaving. bounded: every interleaving with at most that many preemptions. driven: the named orders. partial: stopped before the end. none: nothing.
 */
export interface Completeness {
	kind: 'exhaustive' | 'bounded' | 'driven' | 'partial' | 'none';
	/**
	 * Distinct Mazurkiewicz traces.
	 */
	traces: number;
	/**
	 * Executions asked for.
	 */
	executions: number;
	/**
	 * The bound that was completed; null without one.
	 */
	preemptions: number | null;
}
export interface Failure {
	/**
	 * Which expectation failed, as its path in the vector.
	 */
	expectation: string;
	message: string;
	file: string;
	line: number;
	/**
	 * In how many traces it failed.
	 */
	traces: number;
	/**
	 * Preemptions of the shortest interleaving; null when no single execution shows the failure.
	 */
	preemptions: number | null;
	/**
	 * The minimised schedule; null when no single execution shows it.
	 */
	schedule: null | number[];
	/**
	 * For dax-vectors replay.
	 */
	token: string | null;
	lanes?: Lanes;
	/**
	 * Of an outcome under a memory model: which accesses took effect out of program order. Absent for an interleaving.
	 */
	remarks?: string[];
}
/**
 * The minimised execution: a lane for each thread, steps in order. Absent when no single execution shows the failure.
 */
export interface Lanes {
	/**
	 * Names of the lanes: the agents that did something, or wait.
	 *
	 * @minItems 1
	 * @maxItems 100
	 */
	threads: string[];
	/**
	 * The device when the threads started.
	 */
	start: {
		alive: boolean;
		holder: string | null;
		ops: string | null;
	};
	/**
	 * What happened, in order.
	 */
	steps: Step[];
}
/**
 * An event of the execution, or what came of it: a WARN, a fault, a wait that never ends.
 */
export interface Step {
	/**
	 * Index of the thread.
	 */
	lane: number;
	/**
	 * Calls of the lane that it is within.
	 */
	depth: number;
	/**
	 * As in an execution; or warn, fault, wait, or a remark about what an access changed places with.
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
		| 'free'
		| 'warn'
		| 'fault'
		| 'wait'
		| 'remark';
	/**
	 * What was touched or called, which function gave the WARN, which fault, what is waited for, what is remarked.
	 */
	object: string;
	/**
	 * Of a call, as text.
	 */
	args?: string;
	old?: Value;
	new?: Value;
	/**
	 * The access is not marked.
	 */
	plain?: true;
	/**
	 * Index of the step that wrote what a read or rmw found; null: it was there at the start.
	 */
	saw?: number | null;
	/**
	 * FILE:LINE where known.
	 */
	source?: string;
}
/**
 * Two concurrent accesses of one object by two agents, of which one writes and one is plain, as KCSAN means it. The plain side comes first, of two alike the one that writes.
 */
export interface DataRace {
	/**
	 * The field that both access.
	 */
	object: string;
	first: RacingAccess;
	second: RacingAccess;
}
export interface RacingAccess {
	/**
	 * The kernel function within which it happens.
	 */
	function: string;
	op: 'read' | 'write' | 'rmw';
	/**
	 * READ_ONCE, WRITE_ONCE or atomic; false for a plain access.
	 */
	marked: boolean;
	/**
	 * FILE:LINE where known.
	 */
	source?: string;
}
export interface Footer {
	record: 'footer';
	/**
	 * Number of result records.
	 */
	results: number;
	/**
	 * Results by verdict; open vectors are counted under open.
	 */
	counts: {
		[k: string]: number;
	};
	/**
	 * What fails the run besides results, such as a known failure that matches nothing.
	 */
	problems: string[];
	/**
	 * Exit code of the run.
	 */
	exit: number;
}
