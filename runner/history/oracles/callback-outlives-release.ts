// SPDX-License-Identifier: MIT
import { type Oracle, sources } from './oracle';

/** No callback runs after the release, because the holder then frees the data of the callback. */
export const callbackOutlivesRelease: Oracle = {
	name: 'callback-outlives-release',
	invariant: 'No callback of a holder runs once its release has returned',
	class: 'use-after-release',
	effect: 'the callback works on a filesystem that was freed after its release',
	links: [sources.quiesce],
	vectors: ['DAXV-0036', 'DAXV-0075'],
	*check({ tenures, callbacks }) {
		for (const { holder, from, release } of tenures) {
			if (release?.result === undefined) continue;
			for (const callback of callbacks) {
				if (callback.holder !== holder || callback.end < Math.max(release.end, from)) continue;
				// A release from inside the callback is the holder's own decision.
				if (release.inside === callback) continue;
				yield {
					at: Math.max(callback.begin, release.end),
					message: `${holder}'s callback ran after ${release.as} had returned`,
					rule: ['quiet-after-release', { quiet: { after: release.as, holder } }],
				};
			}
		}
	},
};
