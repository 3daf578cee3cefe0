// SPDX-License-Identifier: MIT
/**
 * Decides in this process on several like implementations at once: for those that run elsewhere, where waiting is most
 * of what there is to do here.
 */
import type { Implementation } from '../../implementations/implementation';
import { decide, type Options } from '../decide/decide';
import type { Decider } from './decider';

/** first is one of them; size of them are opened at most, when there is something to do for them. */
export function concurrent(options: Options, first: Implementation, size: number): Decider {
	const idle: Implementation[] = [first];
	const others: Promise<Implementation>[] = [];
	const waiting: ((lane: Implementation) => void)[] = [];
	let closed = false;

	async function lane(): Promise<Implementation> {
		const free = idle.pop();
		if (free) return free;
		if (first.another && others.length + 1 < size) {
			const other = first.another();
			others.push(other);
			return other;
		}
		return new Promise((resolve) => waiting.push(resolve));
	}

	return {
		async decide(test, _, onStart) {
			const implementation = await lane();
			// Nobody waits for it any more.
			if (closed) return new Promise<never>(() => {});
			onStart();
			const result = await decide(test, implementation, options);
			const next = waiting.shift();
			if (next) next(implementation);
			else idle.push(implementation);
			return result;
		},
		async close() {
			closed = true;
			for (const other of others) await (await other).close?.();
		},
	};
}
