// SPDX-License-Identifier: MIT
/**
 * Explores the interleavings of a program on an implementation: asks a strategy for schedules, has them executed,
 * and shows each new trace to a visitor. Knows nothing of any implementation.
 */
import type { Implementation } from '../../implementations/implementation';
import type { Program } from '../../schema/types/program';
import type { Completeness } from '../../schema/types/report';
import { bounded } from './bounded';
import { ContractError, NotRealisedError } from './contract';
import type { Dependence } from './dependence';
import { type Execute, executor } from './execute';
import { naive } from './naive';
import type { Bound, Strategy } from './search';
import { sleepSets } from './sleep-sets';
import { sourceDpor } from './source-dpor';
import { Trace } from './trace';

export const strategies = {
	'source-dpor': sourceDpor,
	'sleep-sets': sleepSets,
	naive,
	bounded,
} satisfies Record<string, Strategy>;

export type StrategyName = keyof typeof strategies;

export interface Options {
	readonly strategy: StrategyName;
	/** Preemptions at most, for the strategy bounded; null for no bound. */
	readonly preemptions: number | null;
	/** Executions at most. */
	readonly budget: number;
	/** Milliseconds at most. */
	readonly timeout: number;
	readonly signal?: AbortSignal;
	/** Is told now and then how far it is. */
	progress?(traces: number, executions: number): void;
}

/** Milliseconds between two looks at what else goes on in the process. */
const SLICE = 50;

/** New traces at most that are executed once more in one batch: a round trip for each takes longer. */
const REPLAYS = 64;

/** Throws ContractError, NotRealisedError, TimeoutError (see execute.ts), or what the implementation throws. */
export async function explore(
	implementation: Implementation,
	program: Program,
	dependence: Dependence,
	options: Options,
	visit: (trace: Trace) => void,
): Promise<Completeness> {
	const { execute, replay } = executor(implementation, program, options.timeout);
	const traces = new Set<string>();
	let executions = 0;
	let preemptions: number | null = null;
	const bound: Bound = {
		preemptions: options.preemptions,
		completed: (count) => {
			preemptions = count;
		},
	};
	const search = strategies[options.strategy](dependence, bound);
	/** New traces that are not yet known to be repeatable. */
	let fresh: Trace[] = [];
	const show = async () => {
		const traces = fresh;
		fresh = [];
		// Last one first: what alternates would look the same at a constant distance.
		await replay(traces.map(({ execution }) => execution).reverse());
		for (const trace of traces) visit(trace);
	};
	const follow: Execute = async (schedules) => {
		try {
			return await execute(schedules);
		} catch (error) {
			// Where the same schedule has another execution now, that is why it breaks the contract.
			if (error instanceof ContractError || error instanceof NotRealisedError) await show();
			throw error;
		}
	};
	let breath = Date.now();
	let step = search.next();
	while (!step.done) {
		const left = options.budget - executions;
		const batch = step.value.slice(0, left);
		const results = (await follow(batch)).map((each) => new Trace(each, dependence));
		executions += batch.length;
		fresh.push(...results.filter((trace) => isNew(traces, trace.key())));
		const pause = Date.now() - breath > SLICE;
		if (pause || fresh.length >= REPLAYS) await show();
		if (batch.length < step.value.length) break;
		if (pause) {
			options.progress?.(traces.size, executions);
			await new Promise(setImmediate);
			breath = Date.now();
		}
		if (options.signal?.aborted) break;
		step = search.next(results);
	}
	await show();
	const done = step.done === true;
	const limited = options.strategy === 'bounded' && options.preemptions !== null;
	return {
		kind: !done
			? 'partial'
			: limited && preemptions === options.preemptions
				? 'bounded'
				: 'exhaustive',
		traces: traces.size,
		executions,
		preemptions: options.strategy === 'bounded' ? preemptions : null,
	};
}

function isNew(known: Set<string>, key: string): boolean {
	const { size } = known;
	return known.add(key).size > size;
}
