// SPDX-License-Identifier: MIT
/** Every interleaving, one by one, with no reduction: the oracle of all other searches. Exponential. */
import type { Search } from '../../runner/explore/search';
import type { Trace } from '../../runner/explore/trace';

export function* naive(): Search {
	const [trace] = yield [[]];
	yield* visit([], trace);
}

function* visit(prefix: number[], trace: Trace | undefined): Search {
	const next = trace?.events[prefix.length];
	if (!next) return;
	for (const agent of next.enabled) {
		const step = [...prefix, agent];
		const [other] = agent === next.agent ? [trace] : yield [step];
		yield* visit(step, other);
	}
}
