// SPDX-License-Identifier: MIT
import { CLAIMS } from '../calls';
import { type Oracle, sources } from './oracle';

export const referenceCount: Oracle = {
	name: 'reference-count',
	invariant: 'A claim or lookup takes one reference, a release gives it back, a failure keeps none',
	class: 'reference-leak',
	effect: 'the inode, its slab object and its minor are never freed, or freed while in use',
	links: [
		{
			role: 'discussion',
			commit: 'eec38f5d86d2',
			subject: 'dax: Add fs_dax_get() func to prepare dax for fs-dax usage',
			says: 'in fs_dax_get(), every failure drops the reference that was taken',
		},
		sources.holders,
	],
	vectors: ['DAXV-0003', 'DAXV-0004'],
	*check({ calls, recording, last }) {
		if (!recording.complete) return;
		let expected = 0;
		for (const { call, result } of calls) {
			if (CLAIMS.includes(call) && result === 'ok') expected++;
			if (call === 'fs_put_dax' || call === 'put_dax') expected--;
		}
		const { refs } = recording.device;
		if (refs === expected) return;
		yield {
			at: last,
			kind: refs > expected ? 'leak' : 'underflow',
			message: `refs is ${refs} at the end, expected ${expected}`,
			correction: { device: { refs: expected } },
		};
	},
};
