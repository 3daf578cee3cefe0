// SPDX-License-Identifier: MIT
import { isRemoval, isRevival } from '../scenario';
import { type Oracle, sources } from './oracle';

/** A removed device is dead until somebody revives it; a revived one is alive until somebody removes it. */
export const aliveFlag: Oracle = {
	name: 'life',
	states: 'A removed device is dead, and a revived one is alive',
	class: 'wrong-result',
	effect: 'a device that is gone is used on, or one that came back cannot be used',
	links: [sources.holders],
	*find(history) {
		const turns = history.calls.filter((each) => isRemoval(each) || isRevival(each));
		for (const [index, turn] of turns.entries()) {
			const { call, end, as } = turn;
			const until = Math.min(turns[index + 1]?.begin ?? history.last, history.last);
			const wanted = isRevival(turn);
			for (let at = end; at <= until; at++) {
				if (history.state(at).alive === wanted) continue;
				yield {
					at,
					kind: call,
					message: `the device is ${wanted ? 'dead' : 'alive'} after ${as}`,
					mend: (last) => {
						if (!turns[index + 1]) last.device.alive = wanted;
					},
				};
				break;
			}
		}
	},
};
