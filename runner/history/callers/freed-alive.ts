// SPDX-License-Identifier: MIT
import { isRemoval, isRevival } from '../calls';
import { type Oracle, sources } from '../oracles/oracle';

export const freedAlive: Oracle = {
	name: 'freed-alive',
	invariant: 'A driver calls kill_dax() before the last reference goes',
	class: 'use-after-release',
	effect: 'callers that saw the device alive use freed memory; the kernel warns, once',
	links: [sources.holders],
	vectors: ['DAXV-0051'],
	*check({ calls, recording: { freed, start } }) {
		if (freed === undefined) return;
		const turns = calls.filter((each) => isRemoval(each) || isRevival(each));
		const last = turns.findLast(({ begin }) => begin <= freed);
		if (last ? isRemoval(last) : !start.alive) return;
		const drop = calls.findLast(({ begin }) => begin <= freed);
		yield {
			at: freed,
			message: 'the device is freed and was not killed',
			calls: [...(last ? [last] : []), ...(drop && drop !== last ? [drop] : [])],
		};
	},
};
