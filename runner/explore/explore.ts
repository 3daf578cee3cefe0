// SPDX-License-Identifier: MIT
/**
 * Explores the interleavings of a program on an implementation: asks a strategy for schedules, has them executed,
 * and shows each new trace to a visitor. Knows nothing of any implementation.
 */
import type { Implementation } from '../../implementations/implementation';
import type { Program } from '../../schema/types/program';
import type { Completeness } from '../../schema/types/report';
import { bounded } from './bounded';
import type { Dependence } from './dependence';
import { executor } from './execute';
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
	let breath = Date.now();
	let step = search.next();
	while (!step.done) {
		const left = options.budget - executions;
		const batch = step.value.slice(0, left);
		const results = (await execute(batch)).map((each) => new Trace(each, dependence));
		executions += batch.length;
		const fresh = results.filter((trace) => isNew(traces, trace.key()));
		await replay(fresh.map(({ execution }) => execution));
		for (const trace of fresh) visit(trace);
		if (batch.length < step.value.length) break;
		if (Date.now() - breath > SLICE) {
			options.progress?.(traces.size, executions);
			await new Promise(setImmediate);
			breath = Date.now();
		}
		if (options.signal?.aborted) break;
		step = search.next(results);
	}
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
