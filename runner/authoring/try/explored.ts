// SPDX-License-Identifier: MIT
/** Every end of a program on several implementations: who has it, how often, and the shortest way there. */
import type { Execution, Implementation } from '../../../implementations/implementation';
import { Dependence } from '../../explore/dependence';
import { executor } from '../../explore/execute';
import { explore, type Options } from '../../explore/explore';
import { fewestPreemptions, type Linearisation } from '../../explore/linearise';
import type { Case } from '../../library/compile';
import { type End, endKey, endOf } from './ends';

export interface SeenEnd {
	readonly end: End;
	/** Traces by target. */
	readonly traces: ReadonlyMap<string, number>;
	/** An execution with it, and where. */
	readonly example: Execution;
	readonly target: string;
}

export interface Explored {
	readonly ends: readonly SeenEnd[];
	/** Traces by target, of those that have the calls. */
	readonly totals: ReadonlyMap<string, number>;
	/** Those that lack a call, or where not every interleaving was seen, and why. */
	readonly left: ReadonlyMap<string, string>;
}

interface Found {
	readonly end: End;
	readonly traces: Map<string, number>;
	best: Linearisation;
	implementation: Implementation;
}

/** The last implementation is the one whose executions are shown where it has them. */
export async function exploreEnds(
	test: Case,
	implementations: readonly Implementation[],
	options: Options,
): Promise<Explored> {
	const found = new Map<string, Found>();
	const totals = new Map<string, number>();
	const left = new Map<string, string>();
	for (const implementation of implementations) {
		const { target, calls } = implementation;
		const missing = test.needs.calls.find((call) => !calls.includes(call));
		if (missing) {
			left.set(target, `no ${missing}()`);
			continue;
		}
		const dependence = new Dependence(test.observations);
		const { kind, traces } = await explore(
			implementation,
			test.program,
			dependence,
			options,
			(trace) => {
				const end = endOf(test, trace.execution);
				const key = endKey(end);
				const known = found.get(key);
				const same = known?.implementation === implementation;
				const limit = same ? known.best.preemptions : undefined;
				const best = fewestPreemptions(trace, limit) ?? known!.best;
				if (known) Object.assign(known, { best, implementation });
				else found.set(key, { end, traces: new Map(), best, implementation });
				const counts = found.get(key)!.traces;
				counts.set(target, (counts.get(target) ?? 0) + 1);
			},
		);
		totals.set(target, traces);
		if (kind === 'partial') left.set(target, `stopped after ${options.budget} executions`);
	}
	const ends: SeenEnd[] = [];
	for (const { end, traces, best, implementation } of found.values()) {
		const { execute } = executor(implementation, test.program, options.timeout);
		const example = (await execute([best.schedule]))[0]!;
		ends.push({ end, traces, example, target: implementation.target });
	}
	return { ends, totals, left };
}
