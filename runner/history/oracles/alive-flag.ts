// SPDX-License-Identifier: MIT
import { isRemoval, isRevival } from '../calls';
import { type Oracle, sources } from './oracle';

export const aliveFlag: Oracle = {
	name: 'alive-flag',
	invariant: 'A removed device is dead, and a revived one is alive',
	class: 'wrong-result',
	effect: 'callers use a removed device, or cannot use a revived one',
	links: [sources.holders],
	vectors: ['DAXV-0042'],
	readsFields: true,
	*check(history) {
		const turns = history.calls.filter((each) => isRemoval(each) || isRevival(each));
		for (const [index, turn] of turns.entries()) {
			const { call, end, as } = turn;
			const next = turns[index + 1];
			const until = Math.min(next?.begin ?? history.last, history.last);
			const alive = isRevival(turn);
			for (let at = end; at <= until; at++) {
				if (history.state(at).alive === alive) continue;
				const message = `the device is ${alive ? 'dead' : 'alive'} after ${as}`;
				yield { at, kind: call, message, ...(!next && { correction: { device: { alive } } }) };
				break;
			}
		}
	},
};
