// SPDX-License-Identifier: MIT
/** A vector on the revisions of the reference: its verdicts, and an example interleaving. */
import type { Implementation } from '../../implementations/implementation';
import type { Lanes, Result } from '../../schema/types/report';
import { decide } from '../decide/decide';
import { defaults } from '../decide/defaults';
import { SharedFindings } from '../decide/shared-findings';
import { lanes } from '../diagram/lanes';
import { executor } from '../explore/execute';
import { drive } from '../explore/orders';
import type { Case } from '../library/compile';
import { open } from '../registry';
import { UserError } from '../text/user-error';
import { implementationName } from './implementation-name';
import { isOfClass } from './own-failure';

/** A revision, and the result of each variant on it. */
export interface RevisionResults {
	readonly revision: Implementation;
	readonly results: readonly Result[];
}

/** Results on each revision, oldest first; the cases are the variants of one vector. */
export async function revisionResults(cases: readonly Case[]): Promise<RevisionResults[]> {
	const history: RevisionResults[] = [];
	const shared = new SharedFindings();
	for (const revision of open('reference:*'))
		history.push(await resultsOf(cases, revision, shared));
	return history;
}

/** Results of the variants of one vector on one implementation. */
export async function resultsOf(
	cases: readonly Case[],
	revision: Implementation,
	shared = new SharedFindings(),
): Promise<RevisionResults> {
	const results: Result[] = [];
	const options = { ...defaults, shared };
	for (const test of cases) results.push(await decide(test, revision, options));
	return { revision, results };
}

export interface ExampleInterleaving {
	/** Such as "DAXV-0001/fs_dax_get on v7.1: ops is null at the end, expected B". */
	readonly caption: string;
	readonly lanes: Lanes;
}

/**
 * The shortest failure on the newest revision that fails with the kind of bug that the vector is about, else on the
 * newest that fails. Where none fails, the first named order on upstream as
 * merged; without a named order, the execution there without preemption.
 */
export async function exampleInterleaving(
	cases: readonly Case[],
	history: readonly RevisionResults[],
): Promise<ExampleInterleaving> {
	const [{ vector }] = cases as [Case];
	const failing = [...history].reverse().flatMap(({ revision, results }) =>
		results.flatMap(({ id, failures }) =>
			failures.map((failure) => ({
				failure,
				caption: `${id} on ${implementationName(revision)}`,
			})),
		),
	);
	const own = failing.filter(({ failure }) => isOfClass(vector.bug.class, failure));
	for (const { failure, caption } of [...own, ...failing])
		if (failure.lanes) return { caption: `${caption}: ${failure.message}`, lanes: failure.lanes };
	const { revision, results } = history.at(-1) as RevisionResults;
	const test = cases.find((_, index) => results[index]?.verdict !== 'skip');
	if (!test)
		throw new UserError(
			`${vector.id} does not apply to ${revision.address}: ${results[0]?.reason}`,
		);
	const { executeOne } = executor(revision, test.program, defaults.timeout);
	const [named] = Object.entries(test.vector.orders ?? {});
	const execution = named ? await drive(test, named[1], executeOne) : await executeOne([]);
	const which = named ? `order ${named[0]}` : 'no thread is interrupted';
	return {
		caption: `${test.id} on ${revision.target}: ${which}`,
		lanes: lanes(test.program, execution),
	};
}
