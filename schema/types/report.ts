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
	 * Hash of all programs and expectations.
	 */
	library: string;
	/**
	 * Shard of the library that was run; null without shards.
	 */
	shard: null | Shard;
	/**
	 * Options that selected vectors; without any, the run has the whole library.
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
		 * Revision of the tested code, where known: a kernel release, a commit, or a hash of the file.
		 */
		revision?: string;
		/**
		 * Compiler of the tested code, where known.
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
	 * true if the verdict counts. Open vectors are shown only.
	 */
	scored: boolean;
	verdict: Verdict;
	/**
	 * Reason of the verdict, in one line.
	 */
	reason: string;
	/**
	 * Source of a known failure, from the list of known failures.
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
	 * The data races of all traces, each once. They fail only vectors with races: none.
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
	 * Requested executions.
	 */
	executions: number;
	/**
	 * The bound that was completed; null without one.
	 */
	preemptions: number | null;
}
export interface Failure {
	/**
	 * The expectation that failed, as its path in the vector.
	 */
	expectation: string;
	message: string;
	file: string;
	line: number;
	/**
	 * Number of traces in which it failed.
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
	 * Argument of dax-vectors replay; null when the failure has no token.
	 */
	token: string | null;
	lanes?: Lanes;
	/**
	 * For a failure under a memory model: the accesses that took effect out of program order. Absent for an interleaving.
	 */
	remarks?: string[];
}
/**
 * The minimised execution: a lane for each thread, steps in order. Absent when no single execution shows the failure.
 */
export interface Lanes {
	/**
	 * Names of the lanes: the agents with an event or a wait.
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
	 * The steps, in order.
	 */
	steps: Step[];
}
/**
 * An event of the execution, or a consequence: a WARN, a fault, or a wait that never ends.
 */
export interface Step {
	/**
	 * Index of the thread.
	 */
	lane: number;
	/**
	 * Number of calls of this lane that enclose the step.
	 */
	depth: number;
	/**
	 * An operation as in an execution; or warn, fault, wait; or remark, about an access that took effect out of program order.
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
	 * The accessed object or the called function; of warn the function, of fault its kind, of wait the awaited operation, of remark the text.
	 */
	object: string;
	/**
	 * Arguments of a call, as text.
	 */
	args?: string;
	old?: Value;
	new?: Value;
	/**
	 * The access is not marked.
	 */
	plain?: true;
	/**
	 * Index of the step that wrote the value that a read or rmw saw; null for the initial value.
	 */
	saw?: number | null;
	/**
	 * FILE:LINE where known.
	 */
	source?: string;
}
/**
 * Two concurrent accesses of one object by two agents, at least one of them a write and at least one plain, as KCSAN defines it. The plain access comes first; of two plain ones, the write.
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
	 * Kernel function with the access.
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
	 * Problems that fail the run besides results, such as a known failure that matches nothing.
	 */
	problems: string[];
	/**
	 * Exit code of the run.
	 */
	exit: number;
}
