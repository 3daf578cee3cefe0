// SPDX-License-Identifier: MIT
/** Kill matrix of one case: on which revisions and mutants of the reference it fails. */
import type { Implementation } from '../../implementations/implementation';
import type { Result } from '../../schema/types/report';
import type { Vector } from '../../schema/types/vector';
import { decide } from '../decide/decide';
import { defaults } from '../decide/defaults';
import { SharedFindings } from '../decide/shared-findings';
import type { Case } from '../library/compile';
import { MERGED } from '../registry';

type Memory = Vector['memory'];

/** A vector that fails, or a result of the harness itself, such as crash and not-run. */
export interface Kill extends Result {
	/** Memory model under which it fails; absent where it fails under sc already. */
	readonly memory?: Memory;
}

export interface Targets {
	readonly revisions: readonly Implementation[];
	readonly mutants: readonly Implementation[];
}

/** all: every failed expectation. first: a search ends at the first that kills; on merged, none does. */
export type Wanted = 'all' | 'first';

/** Verdicts of which the matrix needs nothing else. */
const NO_KILL: readonly string[] = ['pass', 'skip'];

/**
 * Runs a case on every target; an expectation that merged itself fails does not show that the vector kills a mutant of it.
 */
export async function killsOfCase(
	test: Case,
	{ revisions, mutants }: Targets,
	wanted: Wanted,
): Promise<Kill[]> {
	const isMerged = ({ target }: Implementation) => target === MERGED;
	const shared = new SharedFindings();
	const excused = new Set<string>();
	const kills: Kill[] = [];
	const add = async (implementation: Implementation, isMutant: boolean) => {
		const isExcused = (key: string) => isMutant && excused.has(key);
		const ends = (key: string) =>
			wanted === 'first' && !isMerged(implementation) && !isExcused(key);
		const results = await resultsOf(test, implementation, { shared, ends });
		const counting = results.filter(
			(result) =>
				!NO_KILL.includes(result.verdict) &&
				(result.verdict !== 'fail' || !keysOf(result).every(isExcused)),
		);
		kills.push(...counting);
		return counting;
	};
	for (const each of revisions.filter(isMerged))
		for (const key of (await add(each, false)).flatMap(keysOf)) excused.add(key);
	for (const each of revisions) if (!isMerged(each)) await add(each, false);
	for (const each of mutants) await add(each, true);
	return kills;
}

/** Failed expectation under a memory model. */
const keyOf = (memory: Memory, expectation: string): string => `${memory ?? 'sc'} ${expectation}`;

const keysOf = ({ memory, failures }: Kill): string[] =>
	failures.map(({ expectation }) => keyOf(memory, expectation));

interface Search {
	readonly shared: SharedFindings;
	/** True for a failed expectation that ends a search. */
	ends(key: string): boolean;
}

/** The result under sc, and under the vector's own memory model unless it fails already. */
async function resultsOf(
	test: Case,
	implementation: Implementation,
	{ shared, ends }: Search,
): Promise<Kill[]> {
	const under = (memory: Memory) =>
		decide(test, implementation, {
			...defaults,
			...(memory && { memory }),
			shared,
			suffices: (_, expectation) => ends(keyOf(memory, expectation)),
		});
	const result = await under(undefined);
	const { memory } = test.vector;
	if (!memory || result.verdict === 'fail') return [result];
	return [result, { ...(await under(memory)), memory }];
}
