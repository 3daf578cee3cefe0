// SPDX-License-Identifier: MIT
/** Kill matrix: the failed expectations of every vector on every revision and mutant of the reference. */
import type { Implementation } from '../../implementations/implementation';
import type { Result } from '../../schema/types/report';
import type { Vector } from '../../schema/types/vector';
import { decide } from '../decide/decide';
import { defaults } from '../decide/defaults';
import { SharedFindings } from '../decide/shared-findings';
import type { Case } from '../library/compile';
import { MERGED } from '../registry';

/** A vector that fails. */
export interface Kill extends Result {
	/** Memory model under which it fails; absent where it fails under sc already. */
	readonly memory?: Vector['memory'];
}

export interface Kills {
	/** Kills of an implementation; of a mutant, without those that merged has too. */
	of(implementation: Implementation): readonly Kill[];
	/** Results of the harness itself, such as crash and not-run. */
	readonly broken: readonly Result[];
}

/** Verdicts about the code under test; any other is about the harness. */
const ABOUT_CODE: readonly string[] = ['pass', 'fail', 'skip'];

/** Such as "0060:lkmm". */
export const nameOf = ({ vector, memory }: Kill): string =>
	memory ? `${vector.slice(-4)}:${memory}` : vector.slice(-4);

type Memory = Vector['memory'];

/** Failed expectation of a case under a memory model. */
const keyOf = (memory: Memory, id: string, expectation: string): string =>
	`${memory ?? 'sc'} ${id} ${expectation}`;

const keysOf = ({ memory, id, failures }: Kill): string[] =>
	failures.map(({ expectation }) => keyOf(memory, id, expectation));

interface Search {
	readonly shared: SharedFindings;
	/** True for a failed expectation that ends a search on an implementation. */
	ends(target: string, failed: string): boolean;
}

/**
 * Runs every case on every revision and mutant. A search ends at the first kill, unless all failed expectations are
 * wanted; on merged, they always are.
 */
export async function killMatrix(
	cases: readonly Case[],
	{
		revisions,
		mutants,
	}: { revisions: readonly Implementation[]; mutants: readonly Implementation[] },
	progress: (text: string) => void,
	wanted: 'all' | 'first' = 'all',
): Promise<Kills> {
	const isMerged = ({ target }: Implementation) => target === MERGED;
	const all = [
		...revisions.filter(isMerged),
		...revisions.filter((each) => !isMerged(each)),
		...mutants,
	];
	const targets = new Set(mutants.map(({ target }) => target));
	// An expectation that merged itself fails does not show that a vector kills a mutant of it.
	const excused = new Set<string>();
	const search: Search = {
		shared: new SharedFindings(),
		ends: (target, failed) =>
			wanted === 'first' && target !== MERGED && !(targets.has(target) && excused.has(failed)),
	};
	const kills = new Map<string, readonly Kill[]>();
	const broken: Result[] = [];
	for (const implementation of all) {
		progress(`${kills.size} of ${all.length}: ${implementation.target}`);
		const results: Kill[] = [];
		for (const test of cases) results.push(...(await resultsOf(test, implementation, search)));
		const failed = results.filter(({ verdict }) => verdict === 'fail');
		kills.set(implementation.target, failed);
		if (isMerged(implementation)) for (const key of failed.flatMap(keysOf)) excused.add(key);
		broken.push(...results.filter(({ verdict }) => !ABOUT_CODE.includes(verdict)));
		await new Promise(setImmediate);
	}
	const isNew = (kill: Kill) => keysOf(kill).some((each) => !excused.has(each));
	return {
		broken,
		of: ({ target }) => {
			const own = kills.get(target) ?? [];
			return targets.has(target) ? own.filter(isNew) : own;
		},
	};
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
			suffices: (id, expectation) => ends(implementation.target, keyOf(memory, id, expectation)),
		});
	const result = await under(undefined);
	const { memory } = test.vector;
	if (!memory || result.verdict === 'fail') return [result];
	return [result, { ...(await under(memory)), memory }];
}

/** Vectors that nothing fails, mutants that no vector kills, and results of the harness: one line for each. */
export function problemsOf(
	cases: readonly Case[],
	implementations: { revisions: readonly Implementation[]; mutants: readonly Implementation[] },
	kills: Kills,
): string[] {
	const { revisions, mutants } = implementations;
	const killing = new Set([...revisions, ...mutants].flatMap(kills.of).map(({ vector }) => vector));
	const vectors = new Map(cases.map(({ vector }) => [vector.id, vector.status]));
	return [
		...[...vectors]
			.filter(([id]) => !killing.has(id))
			.map(
				([id, status]) =>
					`${id}${status === 'open' ? ' (open)' : ''} is failed by no revision and no mutant`,
			),
		...mutants
			.filter((mutant) => kills.of(mutant).length === 0)
			.map(({ target }) => `mutant ${target} is killed by no vector`),
		...kills.broken.map(
			({ id, implementation, verdict, reason }) =>
				`${id} on ${implementation}: ${verdict}, ${reason}`,
		),
	];
}
