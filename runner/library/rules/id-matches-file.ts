// SPDX-License-Identifier: MIT
import { basename } from 'node:path';
import type { Rule } from './rule';

/** Id of a vector outside of a library. The library gives out the real one. */
export const NO_ID = 'DAXV-0000';

/** The file of a vector is named after its id: DAXV-0001.yaml. A vector without an id may have any name. */
export const idMatchesFile: Rule = function* ({ source, vector }) {
	const name = basename(source.file, '.yaml');
	if (name !== vector.id && vector.id !== NO_ID)
		yield source.diagnose(['id'], {
			code: 'E_ID_FILE',
			message: `id ${vector.id} is in ${basename(source.file)}`,
			hint: `Rename the file to ${vector.id}.yaml, or correct the id.`,
		});
};
