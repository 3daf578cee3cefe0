// SPDX-License-Identifier: MIT
import { type Oracle, sources } from './oracle';

/** No WARN: a WARN reports a bug of the caller. */
export const warning: Oracle = {
	name: 'warning',
	invariant: 'Callers that follow the rules get no WARN',
	class: 'false-warning',
	effect: 'a correct caller causes a WARN splat, and a panic with panic_on_warn',
	links: [sources.put('"warning on that case would turn supported device removal into a splat"')],
	vectors: ['DAXV-0020', 'DAXV-0055'],
	*check({ recording }) {
		for (const { function: name, at } of recording.warnings)
			yield { at, kind: name, message: `WARN in ${name}()`, correction: { warnings: {} } };
	},
};
