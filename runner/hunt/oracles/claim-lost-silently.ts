// SPDX-License-Identifier: MIT
import { overlap } from '../history';
import { type Oracle, sources } from './oracle';

/** A claim that a removal wipes away either fails or is told: a success that nobody takes back is a promise. */
export const claimLostSilently: Oracle = {
	name: 'unnoticed-claim',
	states: 'A claim that succeeds while a removal runs is told of it',
	class: 'missed-notification',
	effect: 'a filesystem mounts successfully on a device that is gone, and is never told',
	links: [sources.removal, sources.holders],
	*find(history) {
		for (const { holder, claim, release, removal } of history.tenures) {
			if (!claim || !removal || removal.result === undefined || !overlap(claim, removal)) continue;
			const done = Math.max(claim.end, removal.end);
			if ((release?.begin ?? done) < done || history.state(done).holder === holder) continue;
			if (history.callbacks.some((each) => each.by === removal && each.holder === holder)) continue;
			yield {
				at: done,
				message: `${claim.as} was ok, ${removal.as} wiped it, and ${holder} was never told`,
				mend: (end) => {
					end.callbacks[holder] = 1;
				},
				rule: ['is-told', { when: { results: { [claim.as]: 'ok' } }, callbacks: { [holder]: 1 } }],
			};
		}
	},
};
