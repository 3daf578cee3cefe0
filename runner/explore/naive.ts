// SPDX-License-Identifier: MIT
/** Every interleaving, one by one: the oracle for the other strategies. Exponential; see the budget. */
import type { Search } from './search';
import type { Trace } from './trace';

export function* naive(): Search {
	yield* visit([], (yield [[]])[0]!);
}

function* visit(prefix: number[], trace: Trace): Search {
	const next = trace.events[prefix.length];
	if (!next) return;
	for (const agent of next.enabled) {
		const step = [...prefix, agent];
		yield* visit(step, agent === next.agent ? trace : (yield [step])[0]!);
	}
}
