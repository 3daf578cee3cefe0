// SPDX-License-Identifier: MIT
/** Exports vectors as litmus tests, each with the Result of the vector's threads under the LKMM. */
import type { Implementation } from '../../implementations/implementation';
import { defaults } from '../decide/defaults';
import { decideUnderModel, type WeakFindings } from '../decide/under-memory-model';
import type { Case } from '../library/compile';
import { litmusName, litmusOf } from './from-vector';
import { NotExpressible } from './not-expressible';

/** How often the condition holds at the end of an execution, by the names of herd7. */
export type Observation = 'Never' | 'Sometimes' | 'Always';

export interface Exported {
	/** Name of the file that the text belongs in. */
	readonly file: string;
	readonly text: string;
	readonly observation: Observation;
}

/** Exports a case. Throws NotExpressible if it has no litmus test. */
export async function exportLitmus(test: Case, implementation: Implementation): Promise<Exported> {
	const textWith = litmusOf(test, implementation);
	const observation = observed(await decideUnderModel(test, implementation, 'lkmm', defaults));
	return { file: `${litmusName(test.id)}.litmus`, text: textWith(observation), observation };
}

/** Evaluates the exists clause, which is true for a behaviour with none of the vector's outcomes. */
function observed({ completeness, outcomes, undecided }: WeakFindings): Observation {
	if (undecided) throw new NotExpressible(undecided[1]);
	if (completeness.kind !== 'exhaustive')
		throw new NotExpressible(`it has more than ${defaults.budget} candidate executions`);
	const allowed = Object.values(outcomes).reduce((sum, count) => sum + count, 0);
	if (allowed === completeness.traces) return 'Never';
	return allowed === 0 ? 'Always' : 'Sometimes';
}
