// SPDX-License-Identifier: MIT
import { basename } from 'node:path';
import type { Rule } from './rule';

/** The file of a vector is named after its id: DAXV-0001.yaml. */
export const idMatchesFile: Rule = function* ({ source, vector }) {
	const name = basename(source.file, '.yaml');
	if (name !== vector.id)
		yield source.diagnose(['id'], {
			code: 'E_ID_FILE',
			message: `id ${vector.id} is in ${basename(source.file)}`,
			hint: `Rename the file to ${vector.id}.yaml, or correct the id.`,
		});
};
