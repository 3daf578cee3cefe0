// SPDX-License-Identifier: MIT
/** A vector on the revisions of the reference: its verdicts, and an example interleaving. */
import type { Implementation } from '../../implementations/implementation';
import type { Lanes, Result } from '../../schema/types/report';
import { decide } from '../decide/decide';
import { defaults } from '../decide/defaults';
import { lanes } from '../diagram/lanes';
import { executor } from '../explore/execute';
import { drive } from '../explore/orders';
import type { Case } from '../library/compile';
import { open } from '../registry';

/** A revision, and the result of each variant on it. */
export interface RevisionResults {
	readonly revision: Implementation;
	readonly results: readonly Result[];
}

/** Results on each revision, oldest first; the cases are the variants of one vector. */
export async function revisionResults(cases: readonly Case[]): Promise<RevisionResults[]> {
	const history: RevisionResults[] = [];
	for (const revision of open('reference:*')) {
		const results: Result[] = [];
		for (const test of cases) results.push(await decide(test, revision, defaults));
		history.push({ revision, results });
	}
	return history;
}

export interface ExampleInterleaving {
	/** Such as "DAXV-0001/fs_dax_get on v7.1: ops is null at the end, expected B". */
	readonly caption: string;
	readonly lanes: Lanes;
}

/**
 * The shortest failure on the newest revision that fails. Where none fails, the first named order on upstream as
 * merged; without a named order, the execution there without preemption.
 */
export async function exampleInterleaving(
	cases: readonly Case[],
	history: readonly RevisionResults[],
): Promise<ExampleInterleaving> {
	for (const { revision, results } of [...history].reverse())
		for (const { id, failures } of results)
			for (const { lanes, message } of failures)
				if (lanes) return { caption: `${id} on ${revision.target}: ${message}`, lanes };
	const [test] = cases as [Case];
	const { revision } = history.at(-1) as RevisionResults;
	const { executeOne } = executor(revision, test.program, defaults.timeout);
	const [named] = Object.entries(test.vector.orders ?? {});
	const execution = named ? await drive(test, named[1], executeOne) : await executeOne([]);
	const which = named ? `order ${named[0]}` : 'no thread is interrupted';
	return {
		caption: `${test.id} on ${revision.target}: ${which}`,
		lanes: lanes(test.program, execution),
	};
}
