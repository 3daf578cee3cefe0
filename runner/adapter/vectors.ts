// SPDX-License-Identifier: MIT
/** Goes through every vector with an adapter: what it says has to be decidable, and what its model says. */
import type { Result } from '../../schema/types/report';
import { decide } from '../decide/decide';
import { defaults } from '../decide/defaults';
import { openLibrary } from '../library/library';
import { openAdapter, openModel } from '../registry';
import { requireThat } from './subject';

/** Verdicts that say something about the code under test. */
const DECIDED: readonly string[] = ['pass', 'fail', 'skip'];

/** Gives what was compared. Throws MissingError. */
export async function checkVectors(
	command: string,
	progress: (text: string) => void,
): Promise<string> {
	const { cases } = await openLibrary();
	const adapter = await openAdapter(command).ready!();
	const model = openModel(adapter.target);
	const found: string[] = [];
	try {
		for (const test of cases) {
			progress(test.id);
			const result = await decide(test, adapter, defaults);
			const { id, verdict, reason } = result;
			const undecided = !DECIDED.includes(verdict) && !unseen(result) && !adapter.stress;
			const broken = ['error', 'crash', 'timeout'].includes(verdict);
			if (undecided || broken) found.push(`${id}: ${verdict}, ${reason}`);
			else if (model && verdict !== 'skip' && !unseen(result)) {
				const expected = await decide(test, model, defaults);
				const differs = difference(result, expected, adapter.stress === true);
				if (differs) found.push(`${id}: ${differs} on ${model.address}`);
			}
		}
	} finally {
		await adapter.close?.();
	}
	const [first] = found;
	requireThat(
		first === undefined,
		`${first}${found.length > 1 ? `, and ${found.length - 1} more` : ''}`,
	);
	return `${cases.length}, ${model ? `as on ${model.address}` : `no model of ${adapter.target} to compare with`}`;
}

/** It says itself that it cannot see what the vector looks at. */
const unseen = ({ verdict, completeness }: Result): boolean =>
	verdict === 'not-run' && completeness.kind === 'none';

/** What is otherwise on the model; a free run need not see everything. */
function difference(result: Result, expected: Result, free: boolean): string | null {
	const names = Object.keys(result.outcomes).sort();
	const all = Object.keys(expected.outcomes).sort();
	if (free) {
		const strange = names.find((name) => !all.includes(name));
		return strange === undefined ? null : `outcome ${strange}, which does not occur`;
	}
	if (names.join() !== all.join()) return `outcomes ${names.join(', ')}; but ${all.join(', ')}`;
	return result.verdict === expected.verdict ? null : `${result.verdict}; but ${expected.verdict}`;
}
