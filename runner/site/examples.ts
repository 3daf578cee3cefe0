// SPDX-License-Identifier: MIT
/** Finds an execution with the fewest preemptions for each outcome of a case. */
import type { Implementation } from '../../implementations/implementation';
import type { Lanes } from '../../schema/types/report';
import { defaults } from '../decide/defaults';
import { lanes } from '../diagram/lanes';
import { executor } from '../explore/execute';
import { explore } from '../explore/explore';
import { fewestPreemptions, type Linearisation } from '../explore/linearise';
import type { Trace } from '../explore/trace';
import { dependenceOf, judgeTrace } from '../judge/judge-trace';
import type { Case } from '../library/compile';

/** Lanes by outcome, in the order of the vector; empty where the implementation lacks a call. */
export async function examples(
	test: Case,
	implementation: Implementation,
): Promise<ReadonlyMap<string, Lanes>> {
	const { program, needs, vector } = test;
	if (needs.calls.some((call) => !implementation.calls.includes(call))) return new Map();
	const best = new Map<string, Linearisation>();
	const visit = (trace: Trace): void => {
		const { outcome, violations } = judgeTrace(test, trace);
		if (outcome === null || violations.length > 0) return;
		const shorter = fewestPreemptions(trace, best.get(outcome)?.preemptions);
		if (shorter) best.set(outcome, shorter);
	};
	const dependence = dependenceOf(test);
	await explore({ implementation, program, dependence, options: defaults, visit });
	const { executeOne } = executor(implementation, program, defaults.timeout);
	const found = new Map<string, Lanes>();
	for (const name of Object.keys(vector.outcomes)) {
		const shortest = best.get(name);
		if (!shortest) continue;
		found.set(name, lanes(program, await executeOne(shortest.schedule)));
	}
	return found;
}
