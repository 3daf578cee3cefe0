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
 * Gives an implementation that can be copied a decider of its own, with that many processes at the same time. All
 * others take turns: they compute in this process, or have one guest.
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
