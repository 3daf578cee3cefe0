// SPDX-License-Identifier: MIT
import { type Oracle, sources } from '../oracles/oracle';
import { badReleases } from './releases';

export const releaseByOther: Oracle = {
	name: 'release-by-other',
	invariant: 'A release names the holder that claimed the device',
	class: 'stale-holder',
	effect: 'the holder loses its operations and the device a reference; the kernel warns',
	links: [sources.put('"Must only be called by the current holder"')],
	vectors: ['DAXV-0013', 'DAXV-0014'],
	*check(history) {
		for (const { release, claims, earlier } of badReleases(history)) {
			if (earlier || claims.length > 0) continue;
			const holding = history.tenures.filter(
				({ from, until }) => from < release.begin && release.begin < until,
			);
			const whose = holding.map(({ holder }) => holder).join(', ') || 'nobody';
			yield {
				at: release.begin,
				message: `${release.holder} releases the device and never claimed it; ${whose} holds it`,
				calls: [...holding.flatMap(({ claim }) => claim ?? []), release],
			};
		}
	},
};
