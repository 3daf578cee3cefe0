// SPDX-License-Identifier: MIT
import { type Oracle, sources } from '../oracles/oracle';
import { badReleases } from './releases';

export const releaseTwice: Oracle = {
	name: 'release-twice',
	invariant: 'A holder releases once for each claim',
	class: 'reference-underflow',
	effect:
		'the next holder loses its operations, and the device a reference that another caller took',
	links: [sources.put('"Must only be called by the current holder"')],
	vectors: ['DAXV-0015', 'DAXV-0016', 'DAXV-0072'],
	*check(history) {
		for (const { release, claims, earlier } of badReleases(history)) {
			if (!earlier) continue;
			yield {
				at: release.begin,
				message: `${release.holder} releases the device again`,
				calls: [...claims.slice(-1), earlier, release],
			};
		}
	},
};
