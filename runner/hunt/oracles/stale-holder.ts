// SPDX-License-Identifier: MIT
import type { History } from '../history';
import { NEVER } from '../history';
import { type Oracle, sources } from './oracle';

/** When nobody is inside a call, the device belongs to somebody who still holds it, or to nobody at all. */
export const staleHolder: Oracle = {
	name: 'stale-holder',
	states: 'Whoever released the device or was removed from it is forgotten',
	class: 'stale-holder',
	effect: 'the device stays with a filesystem that is gone: new mounts are busy, callbacks hit it',
	links: [sources.holders],
	*find(history) {
		for (const index of history.idle()) {
			const { holder, ops } = history.state(index);
			if (holder !== null && isGone(history, holder, index))
				yield {
					at: index,
					kind: 'holder',
					message: `the device still belongs to ${holder}, which is gone`,
					mend: (end) => {
						end.device.holder = null;
						end.device.ops = null;
					},
				};
			else if (ops !== null && holder === null)
				yield {
					at: index,
					kind: 'operations',
					message: `nobody holds the device, but it has the operations of ${ops}`,
					mend: (end) => {
						end.device.ops = null;
					},
				};
		}
	},
};

/** Has it released, or was it removed, in all its tenures? (A claim that raced with the removal is another matter.) */
function isGone({ tenures }: History, holder: string, index: number): boolean {
	return tenures
		.filter((each) => each.holder === holder)
		.every(
			({ release, removal, from }) =>
				(release?.end ?? NEVER) <= index ||
				(removal && removal.end <= index && from < removal.begin),
		);
}
