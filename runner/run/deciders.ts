// SPDX-License-Identifier: MIT
/** Chooses how each implementation of a run decides its cases. */
import { join } from 'node:path';
import type { Implementation } from '../../implementations/implementation';
import type { Options } from '../decide/decide';
import type { Case } from '../library/compile';
import { concurrent } from './concurrent';
import type { Decider } from './decider';
import { inProcess } from './in-process';
import { workersFor } from './worth-workers';

const WORKER_FILE = join(__dirname, 'decide-worker.js');

export interface Deciders {
	of(implementation: Implementation): Decider;
	close(): Promise<void>;
}

/**
 * Opens a decider for each implementation that can be copied, with up to `processes` copies at the same time, and one with
 * workers for the reference where there is work enough. All other implementations share one that decides one case at a
 * time: they compute in this process, or have a single guest.
 */
export function openDeciders(
	implementations: readonly Implementation[],
	cases: readonly Case[],
	options: Options,
	processes: number,
): Deciders {
	const shared = inProcess(options);
	const own = new Map<Implementation, Decider>(
		implementations
			.filter(isCopyable)
			.map((implementation) => [implementation, concurrent(options, implementation, processes)]),
	);
	// Only those that share findings: they compute in the process, and a worker that opens their address does so too.
	const movable = implementations.filter(({ sharing, obstacle }) => sharing && !obstacle);
	const workers = workersFor(cases.length * movable.length, WORKER_FILE);
	if (workers > 0) {
		const { withWorkers } = require('./with-workers') as typeof import('./with-workers');
		const division = { cases, implementations: movable, options, inProcess: shared };
		const divided = withWorkers({ ...division, workers, file: WORKER_FILE });
		for (const implementation of movable) own.set(implementation, divided);
	}
	return {
		of: (implementation) => own.get(implementation) ?? shared,
		close: async () => {
			await Promise.all([shared, ...new Set(own.values())].map((decider) => decider.close()));
		},
	};
}

/** True for an implementation that can be opened several times. */
export const isCopyable = ({ another, obstacle }: Implementation): boolean =>
	another !== undefined && !obstacle;
