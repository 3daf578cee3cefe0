// SPDX-License-Identifier: MIT
import type { Made } from '../history';
import type { Oracle } from './oracle';

/** A removal waits for whoever found the device alive in a read section. */
export const unfinishedAccess: Oracle = {
	name: 'unfinished-access',
	states: 'Whoever finds the device alive in a read section has it until the section is left',
	class: 'use-after-release',
	effect: 'a fault handler is still at work on memory that the driver has taken away',
	links: [
		{
			role: 'rule',
			commit: '7b6be8444e0f',
			subject: "dax: refactor dax-fs into a generic provider of 'struct dax_device' instances",
			says: 'of kill_dax(), "rcu is ensuring that any fault handlers or operations that might have seen dax_alive(), have completed"',
		},
	],
	*find({ calls, removals }) {
		for (const asked of calls) {
			if (asked.call !== 'dax_alive' || asked.result !== 'alive') continue;
			const leaving = calls.find((each) => leaves(each, asked));
			if (!leaving) continue;
			for (const { as, begin, end } of removals) {
				if (end < asked.begin || end > leaving.begin || begin < 0) continue;
				yield {
					at: end,
					message: `${as} returned while who had asked ${asked.as} was still reading`,
					rule: [
						'is-waited-for',
						{ when: { before: [as, leaving.as] }, results: { [asked.as]: 'dead' } },
					],
				};
			}
		}
	},
};

const leaves = ({ call, agent, begin }: Made, asked: Made): boolean =>
	call === 'dax_read_unlock' && agent === asked.agent && begin > asked.end;
