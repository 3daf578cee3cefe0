// SPDX-License-Identifier: MIT
/** How a case is decided when nobody says otherwise: over every interleaving. */
import type { Options } from './decide';

export const defaults: Options = {
	order: 'any',
	strategy: 'source-dpor',
	preemptions: null,
	/** Executions that a vector may take. */
	budget: 200_000,
	/** Milliseconds that a vector may take. */
	timeout: 60_000,
};
