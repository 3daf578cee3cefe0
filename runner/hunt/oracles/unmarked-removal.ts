// SPDX-License-Identifier: MIT
import { isRemoval } from '../scenario';
import type { Oracle } from './oracle';

/** A removal says that it is one: of the whole device, with MF_MEM_PRE_REMOVE. */
export const unmarkedRemoval: Oracle = {
	name: 'unmarked-removal',
	states: 'A removal tells its holder that the whole device is about to go',
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
	*find({ callbacks }) {
		for (const { holder, by, begin, flags, length } of callbacks) {
			if (!isRemoval(by)) continue;
			if (flags === 'MF_MEM_PRE_REMOVE' && length === 'U64_MAX') continue;
			yield {
				at: begin,
				message: `${holder} was told of ${by.as} with flags ${flags}, length ${length}`,
				rule: [
					'says-what-it-is',
					{
						callbacks: {
							[holder]: { times: 1, length: 'U64_MAX', flags: 'MF_MEM_PRE_REMOVE' },
						},
					},
				],
			};
		}
	},
};
