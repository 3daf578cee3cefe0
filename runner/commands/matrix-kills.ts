// SPDX-License-Identifier: MIT
/** Kill matrix: the failed expectations of every vector on every revision and mutant of the reference. */
import type { Implementation } from '../../implementations/implementation';
import type { Result } from '../../schema/types/report';
import type { Vector } from '../../schema/types/vector';
import { decide, type Options } from '../decide/decide';
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

const expectationsOf = (kill: Kill): string[] =>
	kill.failures.map(({ expectation }) => `${nameOf(kill)} ${kill.id} ${expectation}`);

/** Runs every case on every revision and mutant. */
export async function killMatrix(
	cases: readonly Case[],
	{
		revisions,
		mutants,
	}: { revisions: readonly Implementation[]; mutants: readonly Implementation[] },
	progress: (text: string) => void,
): Promise<Kills> {
	const all = [...revisions, ...mutants];
	const options = { ...defaults, shared: new SharedFindings() };
	const kills = new Map<string, readonly Kill[]>();
	const broken: Result[] = [];
	for (const implementation of all) {
		progress(`${kills.size} of ${all.length}: ${implementation.target}`);
		const results: Kill[] = [];
		for (const test of cases) results.push(...(await resultsOf(test, implementation, options)));
		kills.set(
			implementation.target,
			results.filter(({ verdict }) => verdict === 'fail'),
		);
		broken.push(...results.filter(({ verdict }) => !ABOUT_CODE.includes(verdict)));
		await new Promise(setImmediate);
	}
	// An expectation that merged itself fails does not show that a vector kills a mutant of it.
	const excused = new Set((kills.get(MERGED) ?? []).flatMap(expectationsOf));
	const isNew = (kill: Kill) => expectationsOf(kill).some((each) => !excused.has(each));
	const targets = new Set(mutants.map(({ target }) => target));
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
	options: Options,
): Promise<Kill[]> {
	const result = await decide(test, implementation, options);
	const { memory } = test.vector;
	if (!memory || result.verdict === 'fail') return [result];
	return [result, { ...(await decide(test, implementation, { ...options, memory })), memory }];
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
