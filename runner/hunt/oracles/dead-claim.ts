// SPDX-License-Identifier: MIT
import { overlap } from '../history';
import { type Oracle, sources } from './oracle';

/** Nobody can claim a device that is gone. */
export const deadClaim: Oracle = {
	name: 'dead-claim',
	states: 'A claim fails once the device was removed',
	class: 'dead-device-claim',
	effect: 'a filesystem owns a device that is gone, and blocks whoever comes after its revival',
	links: [sources.readSection],
	*find(history) {
		for (const { holder, claim, removal } of history.tenures) {
			if (!claim) continue;
			const raced = removal && overlap(claim, removal) ? removal : null;
			const done = Math.max(claim.end, raced?.end ?? claim.end);
			if (done > history.last) continue;
			const { alive, holder: seen } = history.state(done);
			if (alive || seen !== holder || (removal && !raced && removal.begin < done)) continue;
			yield {
				at: done,
				message: `${claim.as} was ok, and the device is dead`,
				mend: (end) => {
					end.results[claim.as] = claim.call === 'fs_dax_get' ? '-ENODEV' : null;
					end.device.refs! -= 1;
					if (end.device.holder === holder) end.device.holder = null;
					if (end.device.ops === holder) end.device.ops = null;
				},
			};
		}
	},
};
