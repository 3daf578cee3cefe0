// SPDX-License-Identifier: MIT
import { type Oracle, sources } from '../oracles/oracle';
import { badReleases } from './releases';

export const releaseOfRefusedClaim: Oracle = {
	name: 'release-of-refused-claim',
	invariant: 'A caller whose claim failed does not release',
	class: 'reference-underflow',
	effect: 'the holder loses its operations, and the device a reference that another caller took',
	links: [sources.put('"Must only be called by the current holder"')],
	vectors: ['DAXV-0008', 'DAXV-0013'],
	*check(history) {
		for (const { release, claims, earlier } of badReleases(history)) {
			const refused = claims.at(-1);
			if (!refused || (earlier && earlier.begin > refused.begin)) continue;
			yield {
				at: release.begin,
				message: `${release.holder} releases the device after a claim that failed`,
				calls: [refused, release],
			};
		}
	},
};
