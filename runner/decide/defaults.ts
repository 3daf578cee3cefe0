// SPDX-License-Identifier: MIT
/** Options of a decision without flags: every interleaving. */
import type { Options } from './decide';

export const defaults: Options = {
	order: 'any',
	preemptions: null,
	/** Executions of one vector at most. */
	budget: 200_000,
	/** Milliseconds for one vector at most. */
	timeout: 60_000,
};
