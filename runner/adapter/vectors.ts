// SPDX-License-Identifier: MIT
/** Checks that an adapter decides every vector, with the verdicts and outcomes of the model of its target. */
import type { Implementation } from '../../implementations/implementation';
import type { Result } from '../../schema/types/report';
import { decide } from '../decide/decide';
import { defaults } from '../decide/defaults';
import { openLibrary } from '../library/library';
import { openAdapter, openModel } from '../registry';
import { isDecided } from '../report/verdicts';
import { requireThat } from './subject';

/** Returns a summary of the comparison. Rejects with ContractError if verdicts or outcomes differ. */
export async function checkVectors(
	command: string,
	progress: (text: string) => void,
): Promise<string> {
	const { cases } = await openLibrary();
	const adapter = await opened(command);
	const model = openModel(adapter.target);
	const found: string[] = [];
	try {
		for (const test of cases) {
			progress(test.id);
			const result = await decide(test, adapter, defaults);
			const { id, verdict, reason } = result;
			const excused = verdict === 'not-run' && (unseen(result) || adapter.stress);
			if (!isDecided(verdict) && !excused) found.push(`${id}: ${verdict}, ${reason}`);
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

async function opened(command: string): Promise<Implementation> {
	const adapter = openAdapter(command);
	return (await adapter.ready?.()) ?? adapter;
}

/** True where the adapter lists none of the fields that the vector is about. */
const unseen = ({ verdict, completeness }: Result): boolean =>
	verdict === 'not-run' && completeness.kind === 'none';

/** Describes how a result differs from the model's; an adapter that runs freely may show fewer outcomes. */
function difference(result: Result, expected: Result, free: boolean): string | null {
	const names = Object.keys(result.outcomes).sort();
	const all = Object.keys(expected.outcomes).sort();
	if (free) {
		const extra = names.find((name) => !all.includes(name));
		return extra === undefined ? null : `outcome ${extra}, which does not occur`;
	}
	if (names.join() !== all.join()) return `outcomes ${names.join(', ')}; but ${all.join(', ')}`;
	return result.verdict === expected.verdict ? null : `${result.verdict}; but ${expected.verdict}`;
}
