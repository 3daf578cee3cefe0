// SPDX-License-Identifier: MIT
import type { History } from '../history';
import { NEVER } from '../history';
import { type Oracle, sources } from './oracle';

/** While no call is in progress, the fields of the device are those of a holder with a claim, or NULL. */
export const staleHolder: Oracle = {
	name: 'stale-holder',
	invariant: 'A release and a removal clear the holder and its operations',
	class: 'stale-holder',
	effect: 'the device keeps a holder that is gone: new mounts are busy, callbacks use freed memory',
	links: [sources.holders],
	vectors: ['DAXV-0004', 'DAXV-0024'],
	readsFields: true,
	*check(history) {
		for (const at of history.idle()) {
			const { holder, ops } = history.state(at);
			if (holder !== null && isGone(history, holder, at))
				yield {
					at,
					kind: 'holder',
					message: `holder is ${holder}, which released the device or was removed`,
					correction: { device: { holder: null, ops: null } },
				};
			else if (ops !== null && holder === null)
				yield {
					at,
					kind: 'operations',
					message: `the device has no holder, but the operations of ${ops}`,
					correction: { device: { ops: null } },
				};
		}
	},
};

/** True if all tenures of the holder ended, by a release or by a removal that began after the claim. */
function isGone({ tenures }: History, holder: string, index: number): boolean {
	return tenures
		.filter((each) => each.holder === holder)
		.every(
			({ release, removal, from }) =>
				(release?.end ?? NEVER) <= index ||
				(removal && removal.end <= index && from < removal.begin),
		);
}
