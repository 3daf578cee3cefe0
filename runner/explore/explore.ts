// SPDX-License-Identifier: MIT
/**
 * Explores the interleavings of a program on an implementation: takes schedules from a search, has them executed, and
 * passes each new trace to a visitor. Independent of any implementation.
 */
import type { Execution, Implementation } from '../../implementations/implementation';
import type { Program } from '../../schema/types/program';
import type { Completeness } from '../../schema/types/report';
import { type Bound, bounded } from './bounded';
import { ContractError, NotRealised } from './contract';
import type { Dependence } from './dependence';
import type { Ahead } from './early';
import { executor } from './execute';
import type { Search } from './search';
import { sourceDpor } from './source-dpor';
import { Trace } from './trace';

export interface Options {
	/** Preemptions at most, fewest first; null explores every interleaving. */
	readonly preemptions: number | null;
	/** Executions at most. */
	readonly budget: number;
	/** Milliseconds at most. */
	readonly timeout: number;
	readonly signal?: AbortSignal;
	/** True if the caller needs no further trace; asked after each trace. */
	enough?(): boolean;
	/** Progress callback: traces and executions so far. */
	progress?(traces: number, executions: number): void;
}

export interface Exploration {
	readonly implementation: Implementation;
	readonly program: Program;
	readonly dependence: Dependence;
	readonly options: Options;
	/** Receives one execution of each Mazurkiewicz trace, after its replay if it is replayed. */
	visit(trace: Trace): void;
}

/** Milliseconds between two turns of the event loop, for signals, timers and progress. */
const EVENT_LOOP_INTERVAL_MS = 50;

/** New traces that are replayed in one batch, because a remote implementation needs a round trip a batch. */
const MAX_REPLAY_BATCH = 64;

/** Throws ContractError, NotRealised, NoAnswer (timeout), or an error of the implementation. */
export async function explore(exploration: Exploration): Promise<Completeness> {
	const { preemptions } = exploration.options;
	if (preemptions === null) {
		const { implementation, dependence } = exploration;
		let ahead: Ahead = () => [];
		const search = sourceDpor(dependence, (planned) => {
			ahead = planned;
		});
		const early = implementation.remote ? (most: number) => ahead(most) : undefined;
		const { ended, ...counts } = await runSearch(search, exploration, early);
		return { kind: ended ? 'exhaustive' : 'partial', ...counts, preemptions };
	}
	const bound: Bound = { preemptions, completed: null };
	const { ended, ...counts } = await runSearch(bounded(bound), exploration);
	const whole = bound.completed === preemptions ? 'bounded' : 'exhaustive';
	return { kind: ended ? whole : 'partial', ...counts, preemptions: bound.completed };
}

interface Searched {
	/** false when the budget, the signal or the caller ended the search. */
	readonly ended: boolean;
	readonly traces: number;
	readonly executions: number;
}

/**
 * Runs a search to its end, to the end of the budget, until the signal, or until the caller has enough;
 * ahead gives schedules that it will ask for later. Throws like explore().
 */
export async function runSearch(
	search: Search,
	exploration: Exploration,
	ahead?: Ahead,
): Promise<Searched> {
	const { implementation, program, dependence, options, visit } = exploration;
	const { execute, replay } = executor(implementation, program, options.timeout, ahead);
	const replayBatch = options.enough ? 1 : MAX_REPLAY_BATCH;
	const keys = new Set<string>();
	let executions = 0;
	let fresh: Trace[] = [];
	let previous: Trace | undefined;
	const showFresh = async () => {
		const traces = fresh;
		fresh = [];
		// In reverse order: an implementation that alternates would repeat itself at a constant distance.
		await replay?.(traces.map(({ execution }) => execution).reverse());
		for (const trace of traces) visit(trace);
	};
	let resumed = Date.now();
	let step = search.next();
	while (!step.done) {
		const batch = step.value.slice(0, options.budget - executions);
		const traces: Trace[] = [];
		let answer: Execution[];
		try {
			const awaited = execute(batch);
			answer = awaited instanceof Promise ? await awaited : awaited;
		} catch (error) {
			// Nondeterminism is reported first, since it causes other violations of the contract.
			if (error instanceof ContractError || error instanceof NotRealised) await showFresh();
			throw error;
		}
		executions += batch.length;
		for (const execution of answer) {
			previous = new Trace(execution, dependence, previous);
			traces.push(previous);
			if (!addKey(keys, previous.key())) continue;
			if (replay) fresh.push(previous);
			else visit(previous);
		}
		const pause = Date.now() - resumed > EVENT_LOOP_INTERVAL_MS;
		if (fresh.length >= replayBatch) await showFresh();
		if (batch.length < step.value.length) break;
		if (pause) {
			options.progress?.(keys.size, executions);
			await new Promise(setImmediate);
			resumed = Date.now();
		}
		if (options.signal?.aborted || options.enough?.()) break;
		step = search.next(traces);
	}
	await showFresh();
	return { ended: step.done === true, traces: keys.size, executions };
}

/** Adds a key; false when it was known. */
function addKey(keys: Set<string>, key: string): boolean {
	const { size } = keys;
	return keys.add(key).size > size;
}
