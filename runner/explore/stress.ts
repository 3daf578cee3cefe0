// SPDX-License-Identifier: MIT
/**
 * Runs a program freely, many times: for what cannot follow a schedule. Each execution is judged in the order that it
 * had, so a violation refutes; that there is none proves nothing, and is partial however often it ran.
 */
import type { Implementation } from '../../implementations/implementation';
import type { Program } from '../../schema/types/program';
import type { Completeness } from '../../schema/types/report';
import type { Dependence } from './dependence';
import { executor } from './execute';
import type { Options } from './explore';
import { Trace } from './trace';

/** Executions of a vector, unless the budget is smaller. */
const EXECUTIONS = 1_000;
/** Executions that are asked for at once. */
const BATCH = 50;
/** Part of the time after which no more are asked for: what was seen by then counts. */
const ENOUGH = 0.8;

/** Throws what execute.ts throws. */
export async function stress(
	implementation: Implementation,
	program: Program,
	dependence: Dependence,
	{ budget, timeout, signal, progress }: Options,
	visit: (trace: Trace) => void,
): Promise<Completeness> {
	const { free } = executor(implementation, program, timeout);
	const end = Date.now() + timeout * ENOUGH;
	const total = Math.min(budget, EXECUTIONS);
	const seen = new Set<string>();
	let executions = 0;
	while (executions < total && Date.now() < end && !signal?.aborted) {
		const batch = await free(Math.min(BATCH, total - executions));
		executions += batch.length;
		for (const execution of batch) {
			const trace = new Trace(execution, dependence);
			// Nothing makes it deterministic, so one order may have several ends.
			const key = `${trace.key()} ${JSON.stringify({ ...execution, events: [] })}`;
			if (seen.has(key)) continue;
			seen.add(key);
			visit(trace);
		}
		progress?.(seen.size, executions);
	}
	return { kind: 'partial', traces: seen.size, executions, preemptions: null };
}
