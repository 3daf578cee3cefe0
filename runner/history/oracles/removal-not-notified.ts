// SPDX-License-Identifier: MIT
import { type Oracle, sources } from './oracle';

export const removalNotNotified: Oracle = {
	name: 'removal-not-notified',
	invariant: 'A holder whose claim had returned before a removal began is notified of it, once',
	class: 'missed-notification',
	effect: 'the device is removed and its filesystem is not notified, or is notified twice',
	links: [sources.removal],
	vectors: ['DAXV-0002'],
	*check({ tenures, callbacks, recording: { silent } }) {
		for (const { holder, claim, from, release, removal } of tenures) {
			if (!removal || from > removal.begin || removal.result === undefined) continue;
			if (silent?.includes(holder)) continue;
			if ((release?.begin ?? removal.end) < removal.end) continue;
			const all = callbacks.filter((each) => each.holder === holder).length;
			const own = callbacks.filter((each) => each.holder === holder && each.caller === removal);
			const count = own.length;
			if (count === 1) continue;
			yield {
				at: removal.end,
				kind: count === 0 ? 'never' : 'again',
				message: `${holder} was notified of ${removal.as} ${count} times`,
				correction: { callbacks: { [holder]: all + 1 - count } },
				...(claim && {
					rule: [
						'is-notified',
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
