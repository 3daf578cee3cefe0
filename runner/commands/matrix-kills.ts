// SPDX-License-Identifier: MIT
/** Kill matrix: the failed expectations of every vector on every revision and mutant of the reference. */
import { join } from 'node:path';
import type { Implementation } from '../../implementations/implementation';
import type { Result } from '../../schema/types/report';
import { emptyResult } from '../decide/empty-result';
import type { Case } from '../library/compile';
import { Workers } from '../run/workers';
import { workersFor } from '../run/worth-workers';
import { type Kill, killsOfCase, type Targets, type Wanted } from './matrix-case';

export type { Kill };

export interface Kills {
	/** Kills of an implementation; of a mutant, without those that merged has too. */
	of(implementation: Implementation): readonly Kill[];
	/** Results of the harness itself, such as crash and not-run. */
	readonly broken: readonly Result[];
}

/** Such as "0060:lkmm". */
export const nameOf = ({ vector, memory }: Kill): string =>
	memory ? `${vector.slice(-4)}:${memory}` : vector.slice(-4);

const WORKER_FILE = join(__dirname, 'matrix-worker.js');

/** Runs every case on every revision and mutant, in the main thread and workers. */
export async function killMatrix(
	cases: readonly Case[],
	targets: Targets,
	progress: (text: string) => void,
	wanted: Wanted = 'all',
): Promise<Kills> {
	const { revisions, mutants } = targets;
	const found = new Map<Case, readonly Kill[]>();
	const add = (test: Case, kills: readonly Kill[]) => {
		found.set(test, kills);
		progress(`${found.size} of ${cases.length}: ${test.id}`);
	};
	const workers = new Workers<readonly Kill[]>({
		cases,
		file: WORKER_FILE,
		data: wanted,
		workers: workersFor(cases.length * (revisions.length + mutants.length), WORKER_FILE),
		onMessage: add,
		onLost: (test, reason) => add(test, [emptyResult(test, 'reference:*', 'error', reason)]),
	});
	for (let test = workers.claim(); test; test = workers.claim()) {
		add(test, await killsOfCase(test, targets, wanted));
		await new Promise(setImmediate);
	}
	await workers.finished;
	const all = cases.flatMap((test) => found.get(test) ?? []);
	const failed = all.filter(({ verdict }) => verdict === 'fail');
	return {
		broken: all.filter(({ verdict }) => verdict !== 'fail'),
		of: ({ address }) => failed.filter(({ implementation }) => implementation === address),
	};
}

/** Vectors that nothing fails, mutants that no vector kills, and results of the harness: one line for each. */
export function problemsOf(
	cases: readonly Case[],
	{ revisions, mutants }: Targets,
	kills: Kills,
): string[] {
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
