// SPDX-License-Identifier: MIT
/** Decides cases at the same time on several copies of an implementation whose work happens in other processes. */
import type { Implementation } from '../../implementations/implementation';
import { decide, type Options } from '../decide/decide';
import type { Decider } from './decider';

/** Uses `first` and at most count - 1 copies of it. Opens a copy when a case has no idle one. */
export function concurrent(options: Options, first: Implementation, count: number): Decider {
	const idle: Implementation[] = [first];
	const copies: Promise<Implementation>[] = [];
	const waiting: ((implementation: Implementation) => void)[] = [];
	let closed = false;

	async function acquire(): Promise<Implementation> {
		const free = idle.pop();
		if (free) return free;
		if (first.another && copies.length + 1 < count) {
			const copy = first.another();
			copies.push(copy);
			return copy;
		}
		return new Promise((resolve) => waiting.push(resolve));
	}

	return {
		async decide(test, _, onStart) {
			const implementation = await acquire();
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
			for (const copy of copies) await (await copy).close?.();
		},
	};
}
