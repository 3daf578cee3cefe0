// SPDX-License-Identifier: MIT
import { overlap } from '../history';
import { type Oracle, sources } from './oracle';

/** A claim that a concurrent removal clears either fails, or its holder is notified of the removal. */
export const claimLostSilently: Oracle = {
	name: 'claim-lost-silently',
	invariant: 'The holder of a claim that succeeds during a removal is notified of it',
	class: 'missed-notification',
	effect: 'a filesystem mounts successfully on a removed device, and is never notified',
	links: [sources.removal, sources.holders],
	vectors: ['DAXV-0040'],
	readsFields: true,
	*check(history) {
		for (const { holder, claim, release, removal } of history.tenures) {
			if (history.recording.silent?.includes(holder)) continue;
			if (!claim || !removal || removal.result === undefined || !overlap(claim, removal)) continue;
			const at = Math.max(claim.end, removal.end);
			if ((release?.begin ?? at) < at || history.state(at).holder === holder) continue;
			const notified = history.callbacks.some(
				(each) => each.caller === removal && each.holder === holder,
			);
			if (notified) continue;
			yield {
				at,
				message: `${claim.as} was ok, ${removal.as} cleared it, and ${holder} was not notified`,
				correction: { callbacks: { [holder]: 1 } },
				rule: [
					'is-notified',
					{ when: { results: { [claim.as]: 'ok' } }, callbacks: { [holder]: 1 } },
				],
			};
		}
	},
};
