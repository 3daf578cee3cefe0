// SPDX-License-Identifier: MIT
import { type Oracle, sources } from '../oracles/oracle';

export const freedWhileHeld: Oracle = {
	name: 'freed-while-held',
	invariant: 'A holder releases the device with fs_put_dax() before the last reference goes',
	class: 'stale-holder',
	effect: 'the next device in this memory may begin with a holder that is gone',
	links: [sources.holders],
	vectors: ['DAXV-0004', 'DAXV-0100'],
	*check({ tenures, calls, recording: { freed } }) {
		if (freed === undefined) return;
		for (const { holder, claim, release } of tenures) {
			if (release && release.begin <= freed) continue;
			const drop = calls.findLast(({ begin }) => begin <= freed);
			yield {
				at: freed,
				message: `the device is freed and ${holder} has not released it`,
				calls: [...(claim ? [claim] : []), ...(drop ? [drop] : [])],
			};
		}
	},
};
