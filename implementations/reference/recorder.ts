// SPDX-License-Identifier: MIT
/** Records which calls of a revision are made, so that targets with the same code for these can share results. */
import type { CallName } from '../../schema/types/common';
import type { Call, Calls } from './kernel';

export interface Recorder {
	/** The same calls, which record that they are made. */
	readonly calls: Calls;
	/** Names of the calls that were made. */
	readonly reached: ReadonlySet<CallName>;
}

export function recording(calls: Calls): Recorder {
	const reached = new Set<CallName>();
	const recorded = Object.entries(calls).map(([name, call]): [string, Call] => [
		name,
		(k, args) => {
			reached.add(name as CallName);
			return call(k, args);
		},
	]);
	return { calls: Object.fromEntries(recorded), reached };
}
