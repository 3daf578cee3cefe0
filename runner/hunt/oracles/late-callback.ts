// SPDX-License-Identifier: MIT
import { type Oracle, sources } from './oracle';

/** When a release has returned, its caller frees what the callback works on. */
export const lateCallback: Oracle = {
	name: 'late-callback',
	states: 'No callback of a holder runs once its release has returned',
	class: 'use-after-release',
	effect: 'the callback works on a filesystem that was freed after its release',
	links: [sources.quiesce],
	*find({ tenures, callbacks }) {
		for (const { holder, from, release } of tenures) {
			if (release?.result === undefined) continue;
			for (const callback of callbacks) {
				if (callback.holder !== holder || callback.end < Math.max(release.end, from)) continue;
				// A holder that releases from inside its callback knows what it does.
				if (release.within === callback) continue;
				yield {
					at: Math.max(callback.begin, release.end),
					message: `${holder}'s callback ran after ${release.as} had returned`,
					rule: ['quiet-after-release', { quiet: { after: release.as, holder } }],
				};
			}
		}
	},
};
