// SPDX-License-Identifier: MIT
/** The ends of a program on several implementations, in the words of an outcome. */
import type { Implementation } from '../../../implementations/implementation';
import type { Execution } from '../../../schema/types/execution';
import { Dependence } from '../../explore/dependence';
import { executor } from '../../explore/execute';
import { explore, type Options } from '../../explore/explore';
import { fewestPreemptions, type Linearisation } from '../../explore/linearise';
import { faultsOf } from '../../judge/faults';
import type { Case } from '../../library/compile';
import { implementationName } from '../implementation-name';

/** The end of one execution. */
export interface End {
	/** By name of the call. A call inside a callback that returned several values has a list of them. */
	results: Record<string, string | null | (string | null)[]>;
	device: Partial<Execution['device']>;
	/** The second device of a program that has one. */
	log?: Partial<Execution['device']>;
	/** Number of callbacks, by holder. */
	callbacks: Record<string, number>;
	/** Number of WARNs, by function. */
	warnings: Record<string, number>;
	faults: string[];
}

export function endOf(test: Pick<Case, 'program' | 'sites'>, execution: Execution): End {
	const results: End['results'] = {};
	for (const [name, site] of test.sites) {
		const values = execution.results.filter((each) => each.site === site).map(({ value }) => value);
		const distinct = [...new Set(values)];
		const absent = values.length === 0 ? 'not-called' : null;
		results[name] = distinct.length > 1 ? distinct : (distinct[0] ?? absent);
	}
	const callbacks: End['callbacks'] = {};
	for (const holder of Object.keys(test.program.holders))
		callbacks[holder] = execution.callbacks.filter((each) => each.holder === holder).length;
	// Without a prototype, because a function may be called "constructor".
	const warnings: End['warnings'] = Object.create(null);
	for (const { function: name } of execution.warnings) warnings[name] = (warnings[name] ?? 0) + 1;
	const faults = [...new Set(faultsOf(execution).map(({ fault }) => fault))].sort();
	const { device, log } = execution;
	return { results, device: { ...device }, ...(log && { log }), callbacks, warnings, faults };
}

/** Equal for ends that no outcome can tell apart. */
export const endKey = (end: End): string => JSON.stringify(end);

export interface SeenEnd {
	readonly end: End;
	/** Number of traces, by name of the implementation. */
	readonly traces: ReadonlyMap<string, number>;
	/** An execution with this end, with the fewest preemptions. */
	readonly example: Execution;
	/** Name of the implementation of the example. */
	readonly implementation: string;
}

export interface Explored {
	readonly ends: readonly SeenEnd[];
	/** Number of all traces, by name; implementations without the calls are absent. */
	readonly totals: ReadonlyMap<string, number>;
	/** Implementations that lack a call or were not explored completely, with the reason. */
	readonly incomplete: ReadonlyMap<string, string>;
}

interface Found {
	readonly end: End;
	readonly traces: Map<string, number>;
	best: Linearisation;
	implementation: Implementation;
}

/** Explores a program on each implementation. The example of an end is from the last implementation that has it. */
export async function exploreEnds(
	test: Case,
	implementations: readonly Implementation[],
	options: Options,
): Promise<Explored> {
	const found = new Map<string, Found>();
	const totals = new Map<string, number>();
	const incomplete = new Map<string, string>();
	for (const implementation of implementations) {
		const name = implementationName(implementation);
		const missing = test.needs.calls.find((call) => !implementation.calls.includes(call));
		if (missing) {
			incomplete.set(name, `no ${missing}()`);
			continue;
		}
		const dependence = new Dependence(test.observations);
		const { kind, traces } = await explore({
			implementation,
			program: test.program,
			dependence,
			options,
			visit: (trace) => {
				const end = endOf(test, trace.execution);
				const key = endKey(end);
				const known = found.get(key);
				const same = known?.implementation === implementation;
				const best = fewestPreemptions(trace, same ? known.best.preemptions : undefined);
				const counts = known?.traces ?? new Map<string, number>();
				counts.set(name, (counts.get(name) ?? 0) + 1);
				if (best) found.set(key, { end, traces: counts, best, implementation });
			},
		});
		totals.set(name, traces);
		if (kind === 'partial') incomplete.set(name, `stopped after ${options.budget} executions`);
	}
	return {
		ends: await withExamples(test, [...found.values()], options.timeout),
		totals,
		incomplete,
	};
}

async function withExamples(test: Case, found: Found[], timeout: number): Promise<SeenEnd[]> {
	const ends: SeenEnd[] = [];
	for (const { end, traces, best, implementation } of found) {
		const { executeOne } = executor(implementation, test.program, timeout);
		const example = await executeOne(best.schedule);
		ends.push({ end, traces, example, implementation: implementationName(implementation) });
	}
	return ends;
}
