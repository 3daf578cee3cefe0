// SPDX-License-Identifier: MIT
import { type Oracle, sources } from './oracle';

/** A removal waits for running callbacks: its grace period serves that purpose. */
export const callbackOutlivesRemoval: Oracle = {
	name: 'callback-outlives-removal',
	invariant: 'No callback of a removed holder runs once the removal has returned',
	class: 'use-after-release',
	effect: 'a callback works on a device whose memory is already gone',
	links: [
		{
			role: 'rule',
			'message-id': 'ait2Lymb4y-Wb2ie@MWDK4CY14F',
			by: 'Richard Cheng',
			says: '"kill_dax() isn\'t a racing clearer"',
		},
		sources.removal,
	],
	vectors: ['DAXV-0027'],
	*check({ tenures, callbacks }) {
		for (const { holder, from, removal } of tenures) {
			if (removal?.result === undefined || from > removal.begin) continue;
			for (const callback of callbacks) {
				if (callback.holder !== holder || callback.end < removal.end) continue;
				// A holder that claimed again may be notified again.
				if (tenures.some((each) => each.holder === holder && each.from > removal.end)) continue;
				yield {
					at: Math.max(callback.begin, removal.end),
					message: `${holder}'s callback ran after ${removal.as} had returned`,
					rule: ['quiet-after-removal', { quiet: { after: removal.as, holder } }],
				};
			}
		}
	},
};
