// SPDX-License-Identifier: MIT
import { overlap } from '../history';
import { type Oracle, sources } from './oracle';

export const claimOfDeadDevice: Oracle = {
	name: 'claim-of-dead-device',
	invariant: 'A claim fails once the device was removed',
	class: 'dead-device-claim',
	effect: 'a filesystem holds a removed device, and blocks other holders after its revival',
	links: [sources.readSection],
	vectors: ['DAXV-0038', 'DAXV-0039'],
	readsFields: true,
	*check(history) {
		for (const { holder, claim, removal } of history.tenures) {
			if (!claim) continue;
			const concurrent = removal && overlap(claim, removal) ? removal : null;
			const at = Math.max(claim.end, concurrent?.end ?? claim.end);
			if (at > history.last) continue;
			const { alive, holder: seen } = history.state(at);
			if (alive || seen !== holder || (removal && !concurrent && removal.begin < at)) continue;
			const { device } = history.recording;
			yield {
				at,
				message: `${claim.as} was ok, and the device is dead`,
				correction: {
					results: { [claim.as]: claim.call === 'fs_dax_get' ? '-ENODEV' : null },
					device: {
						refs: device.refs - 1,
						...(device.holder === holder && { holder: null }),
						...(device.ops === holder && { ops: null }),
					},
				},
			};
		}
	},
};
