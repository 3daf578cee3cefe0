// SPDX-License-Identifier: MIT
/** Every interleaving, one by one: the oracle for the other strategies. Exponential; see the budget. */
import type { Execution } from '../../schema/types/execution';

export function* naive(): Generator<number[][], void, Execution[]> {
	yield* visit([], (yield [[]])[0]!);
}

function* visit(prefix: number[], execution: Execution): Generator<number[][], void, Execution[]> {
	const next = execution.events[prefix.length];
	if (!next) return;
	for (const agent of next.enabled) {
		const step = [...prefix, agent];
		yield* visit(step, agent === next.agent ? execution : (yield [step])[0]!);
	}
}
