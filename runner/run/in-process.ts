// SPDX-License-Identifier: MIT
/** Decides cases one after the other. */
import type { Result } from '../../schema/types/report';
import { decide, type Options } from '../decide/decide';
import type { Decider } from './decider';

export function inProcess(options: Options): Decider {
	let last: Promise<unknown> = Promise.resolve();
	let closed = false;
	return {
		decide(test, implementation, onStart) {
			const turn = last.then(async (): Promise<Result> => {
				// Signals and timers need a turn of the event loop between cases that never wait.
				await new Promise(setImmediate);
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
