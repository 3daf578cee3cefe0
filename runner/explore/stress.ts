// SPDX-License-Identifier: MIT
/**
 * Runs a program freely, many times, on an implementation that cannot follow a schedule. Each execution is judged in the
 * order that it had: a violation refutes, and no number of executions without one proves anything (always partial).
 */
import type { Completeness } from '../../schema/types/report';
import { executor } from './execute';
import type { Exploration } from './explore';
import { Trace } from './trace';

/** Executions of a vector, unless the budget is smaller. */
const MAX_EXECUTIONS = 1_000;
const EXECUTIONS_PER_BATCH = 50;
/** Fraction of the timeout after which no batch is started, so that the executions so far are judged in time. */
const TIMEOUT_FRACTION = 0.8;

/** Throws like an executor. */
export async function stress(exploration: Exploration): Promise<Completeness> {
	const { implementation, program, dependence, options, visit } = exploration;
	const { budget, timeout, signal, progress } = options;
	const { free } = executor(implementation, program, timeout);
	const end = Date.now() + timeout * TIMEOUT_FRACTION;
	const total = Math.min(budget, MAX_EXECUTIONS);
	const seen = new Set<string>();
	let executions = 0;
	while (executions < total && Date.now() < end && !signal?.aborted) {
		const batch = await free(Math.min(EXECUTIONS_PER_BATCH, total - executions));
		executions += batch.length;
		for (const execution of batch) {
			const trace = new Trace(execution, dependence);
			// A free run is not deterministic: one order of events may have several ends.
			const key = `${trace.key()} ${JSON.stringify({ ...execution, events: [] })}`;
			if (seen.has(key)) continue;
			seen.add(key);
			visit(trace);
		}
		progress?.(seen.size, executions);
	}
	return { kind: 'partial', traces: seen.size, executions, preemptions: null };
}
