// SPDX-License-Identifier: MIT
import { type Oracle, sources } from '../oracles/oracle';

export const freedWithHost: Oracle = {
	name: 'freed-with-host',
	invariant: 'A driver calls dax_remove_host() before the last reference goes',
	class: 'use-after-release',
	effect: 'a lookup by the disk finds freed memory',
	links: [sources.readSection],
	vectors: ['DAXV-0086'],
	*check({ calls, recording: { freed } }) {
		if (freed === undefined) return;
		const hosts = calls.filter(({ call, begin }) => /^dax_\w+_host$/.test(call) && begin <= freed);
		const last = hosts.at(-1);
		if (last?.call !== 'dax_add_host' || last.result !== 'ok') return;
		const drop = calls.findLast(({ begin }) => begin <= freed);
		yield {
			at: freed,
			message: 'the device is freed and its disk still leads to it',
			calls: [last, ...(drop && drop !== last ? [drop] : [])],
		};
	},
};
