// SPDX-License-Identifier: MIT
import { type Oracle, sources } from './oracle';

/** Whoever holds the device when a removal begins is told of it, once. */
export const removalNotNotified: Oracle = {
	name: 'untold-removal',
	states: 'A holder whose claim had returned before a removal began is told of it, once',
	class: 'missed-notification',
	effect: 'the device goes away under a filesystem that is not told, or is told twice',
	links: [sources.removal],
	*find({ tenures, callbacks }) {
		for (const { holder, claim, from, release, removal } of tenures) {
			if (!removal || from > removal.begin || removal.result === undefined) continue;
			if ((release?.begin ?? removal.end) < removal.end) continue;
			const told = callbacks.filter((each) => each.by === removal && each.holder === holder);
			if (told.length === 1) continue;
			yield {
				at: removal.end,
				kind: told.length === 0 ? 'never' : 'again',
				message: `${holder} was told ${told.length} times of ${removal.as}`,
				mend: (end) => {
					end.callbacks[holder]! += 1 - told.length;
				},
				...(claim && {
					rule: [
						'is-told',
						{
							when: { before: [claim.as, removal.as], results: { [claim.as]: 'ok' } },
							callbacks: { [holder]: 1 },
						},
					] as const,
				}),
			};
		}
	},
};
