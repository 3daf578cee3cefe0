// SPDX-License-Identifier: MIT
/** Vectors as litmus tests, each with the Result that the memory model gives. */
import type { Implementation } from '../../implementations/implementation';
import { defaults } from '../decide/defaults';
import { decideUnderModel } from '../decide/under-memory-model';
import type { Case } from '../library/compile';
import { models } from '../memory/models';
import { NotExpressible } from './error';
import { litmusName, litmusOf } from './from-vector';
import { parseLitmus } from './parse';
import { type Observation, observe } from './verdict';

export interface Exported {
	/** Of the file that it belongs in. */
	readonly file: string;
	readonly text: string;
	readonly observation: Observation;
}

/** Throws NotExpressible where the vector is no litmus test. */
export async function exportLitmus(test: Case, implementation: Implementation): Promise<Exported> {
	const draft = litmusOf(test, implementation, 'Never');
	const { undecided } = await decideUnderModel(test, implementation, 'lkmm', defaults);
	if (undecided) throw new NotExpressible(undecided[1]);
	const file = `${litmusName(test.id)}.litmus`;
	const { observation } = observe(file, parseLitmus(file, draft), models.lkmm);
	return { file, text: litmusOf(test, implementation, observation), observation };
}
