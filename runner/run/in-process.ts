// SPDX-License-Identifier: MIT
/** Decides in this process, one case after the other. */
import { decide, type Options } from '../decide/decide';
import type { Decider } from './decider';

export function inProcess(options: Options): Decider {
	let last: Promise<unknown> = Promise.resolve();
	let closed = false;
	return {
		decide(test, implementation, onStart) {
			const turn = last.then(async () => {
				// Lets signals and timers in between two explorations that never wait.
				await new Promise(setImmediate);
				// Nobody waits for it any more.
				if (closed) return new Promise<never>(() => {});
				onStart();
				return decide(test, implementation, options);
			});
			last = turn;
			return turn;
		},
		close: async () => {
			closed = true;
		},
	};
}
