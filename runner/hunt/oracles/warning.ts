// SPDX-License-Identifier: MIT
import { type Oracle, sources } from './oracle';

/** A WARN accuses its caller. */
export const warning: Oracle = {
	name: 'warning',
	states: 'Callers who keep to the rules get no WARN',
	class: 'false-warning',
	effect: 'a caller that did nothing wrong gets a splat, and a panic with panic_on_warn',
	links: [sources.put('"warning on that case would turn supported device removal into a splat"')],
	*find({ execution }) {
		for (const { function: name, event } of execution.warnings)
			yield {
				at: event,
				kind: name,
				message: `WARN in ${name}()`,
				mend: (end) => {
					end.warnings = {};
				},
			};
	},
};
