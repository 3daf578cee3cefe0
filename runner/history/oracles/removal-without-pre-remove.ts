// SPDX-License-Identifier: MIT
import { isRemoval } from '../calls';
import type { Oracle } from './oracle';

/** A removal notifies its holder with MF_MEM_PRE_REMOVE, of the whole device. */
export const removalWithoutPreRemove: Oracle = {
	name: 'removal-without-pre-remove',
	invariant: 'A removal notifies its holder that the whole device is about to go',
	class: 'missed-notification',
	effect: 'a filesystem takes the removal for a memory failure of a range, or of all its files',
	links: [
		{
			role: 'rule',
			commit: 'fa422b353d21',
			subject: 'mm, pmem, xfs: Introduce MF_MEM_PRE_REMOVE for unbind',
			says: 'kill_dax() passes MF_MEM_PRE_REMOVE',
		},
	],
	vectors: ['DAXV-0022'],
	*check({ callbacks }) {
		for (const { holder, caller, begin, flags, length } of callbacks) {
			if (!isRemoval(caller)) continue;
			if (flags === 'MF_MEM_PRE_REMOVE' && length === 'U64_MAX') continue;
			const expected = { times: 1, length: 'U64_MAX', flags: 'MF_MEM_PRE_REMOVE' } as const;
			yield {
				at: begin,
				message: `${holder} was notified of ${caller.as} with flags ${flags}, length ${length}`,
				rule: ['has-pre-remove', { callbacks: { [holder]: expected } }],
			};
		}
	},
};
