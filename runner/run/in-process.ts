// SPDX-License-Identifier: MIT
/** Decides cases one after the other. */
import { decide, type Options } from '../decide/decide';
import type { Decider } from './decider';

export interface InProcess extends Decider {
	/** Runs a task when all earlier ones have ended. Stays pending if its turn comes after close(). */
	turn<T>(task: () => Promise<T>): Promise<T>;
}

export function inProcess(options: Options): InProcess {
	let last: Promise<unknown> = Promise.resolve();
	let closed = false;
	const turn = <T>(task: () => Promise<T>): Promise<T> => {
		const own = last.then(async () => {
			// Signals and timers need a turn of the event loop between cases that never wait.
			await new Promise(setImmediate);
			return closed ? new Promise<never>(() => {}) : task();
		});
		last = own;
		return own;
	};
	return {
		turn,
		decide: (test, implementation, onStart) =>
			turn(() => {
				onStart();
				return decide(test, implementation, options);
			}),
		close: async () => {
			closed = true;
		},
	};
}
