// SPDX-License-Identifier: MIT
import type { CallSpan } from '../history';
import type { Oracle } from './oracle';

/** A removal waits for the read sections in which dax_alive() was true. */
export const accessOutlivesRemoval: Oracle = {
	name: 'access-outlives-removal',
	invariant: 'A device found alive in a read section stays until the section ends',
	class: 'use-after-release',
	effect: 'a fault handler accesses memory that the driver has taken away',
	links: [
		{
			role: 'rule',
			commit: '7b6be8444e0f',
			subject: "dax: refactor dax-fs into a generic provider of 'struct dax_device' instances",
			says: 'of kill_dax(), "rcu is ensuring that any fault handlers or operations that might have seen dax_alive(), have completed"',
		},
	],
	vectors: ['DAXV-0104'],
	*check({ calls, removals }) {
		for (const test of calls) {
			if (test.call !== 'dax_alive' || test.result !== 'alive') continue;
			const unlock = calls.find((each) => isUnlockOf(each, test));
			if (!unlock) continue;
			for (const { as, begin, end } of removals) {
				if (end < test.begin || end > unlock.begin || begin < 0) continue;
				yield {
					at: end,
					message: `${as} returned inside the read section in which ${test.as} was alive`,
					rule: [
						'is-waited-for',
						{ when: { before: [as, unlock.as] }, results: { [test.as]: 'dead' } },
					],
				};
			}
		}
	},
};

const isUnlockOf = ({ call, agent, begin }: CallSpan, test: CallSpan): boolean =>
	call === 'dax_read_unlock' && agent === test.agent && begin > test.end;
