// SPDX-License-Identifier: MIT
/** Chooses how each implementation of a run decides its cases. */
import type { Implementation } from '../../implementations/implementation';
import type { Options } from '../decide/decide';
import { concurrent } from './concurrent';
import type { Decider } from './decider';
import { inProcess } from './in-process';

export interface Deciders {
	of(implementation: Implementation): Decider;
	close(): Promise<void>;
}

/**
 * Opens a decider for each implementation that can be copied, with up to `processes` copies at the same time. All other
 * implementations share one that decides one case at a time: they compute in this process, or have a single guest.
 */
export function openDeciders(
	implementations: readonly Implementation[],
	options: Options,
	processes: number,
): Deciders {
	const shared = inProcess(options);
	const own = new Map(
		implementations
			.filter(isCopyable)
			.map((implementation) => [implementation, concurrent(options, implementation, processes)]),
	);
	return {
		of: (implementation) => own.get(implementation) ?? shared,
		close: async () => {
			await Promise.all([shared, ...own.values()].map((decider) => decider.close()));
		},
	};
}

/** True for an implementation that can be opened several times. */
export const isCopyable = ({ another, obstacle }: Implementation): boolean =>
	another !== undefined && !obstacle;
