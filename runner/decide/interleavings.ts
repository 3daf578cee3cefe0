// SPDX-License-Identifier: MIT
/** Judges the interleavings of a case under sequential consistency: all of them, free-running ones, or named orders. */
import type { Implementation } from '../../implementations/implementation';
import type { Completeness } from '../../schema/types/report';
import { NotRealised } from '../explore/contract';
import { DataRaces } from '../explore/data-races';
import { type ExecuteOne, executor } from '../explore/execute';
import { type Options as ExploreOptions, explore } from '../explore/explore';
import { drive } from '../explore/orders';
import { stress } from '../explore/stress';
import type { Trace } from '../explore/trace';
import { dependenceOf, judgeTrace, traceOf } from '../judge/judge-trace';
import type { Case } from '../library/compile';
import { FailedExpectations } from './failed-expectations';
import { Failures } from './failures';
import type { Findings } from './verdict';

interface Options extends ExploreOptions {
	readonly order: 'any' | 'named';
	readonly suffices?: (id: string, expectation: string) => boolean;
}

/** Judges interleavings and fills the findings. Throws any error of the explorer and the implementation. */
export async function judgeInterleavings(
	test: Case,
	implementation: Implementation,
	options: Options,
	findings: Findings,
): Promise<void> {
	const { program } = test;
	const { outcomes } = findings;
	const { executeOne } = executor(implementation, program, options.timeout);
	const { suffices } = options;
	const failures = suffices
		? new FailedExpectations(test, suffices)
		: new Failures(test, implementation);
	const racing = new DataRaces();
	// Without witnesses, races are wanted where they fail an expectation.
	const ignoresRaces = suffices !== undefined && test.vector.races === undefined;
	const visit = (trace: Trace): string | null => {
		const { outcome, violations, races } = judgeTrace(test, trace, ignoresRaces ? [] : undefined);
		racing.add(races);
		if (outcome !== null) outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
		for (const violation of violations)
			if (implementation.stress) failures.addObserved(violation, trace.execution);
			else failures.add(violation, trace);
		return outcome;
	};
	if (options.order === 'named')
		findings.completeness = await driveOrders({ test, executeOne, failures, visit });
	else {
		const cover = implementation.stress ? stress : explore;
		const dependence = dependenceOf(test);
		const limits = suffices ? { ...options, enough: () => failures.settled } : options;
		const exploration = { implementation, program, dependence, options: limits, visit };
		findings.completeness = await cover(exploration);
	}
	findings.failures = await failures.explain(executeOne);
	if (implementation.marks !== false) findings.races = racing.list();
}

interface Drive {
	readonly test: Case;
	readonly executeOne: ExecuteOne;
	readonly failures: Failures | FailedExpectations;
	/** Judges a trace and returns its outcome; null if no allowed outcome matches. */
	visit(trace: Trace): string | null;
}

/** Drives each named order once. */
async function driveOrders({ test, executeOne, failures, visit }: Drive): Promise<Completeness> {
	let executions = 0;
	const counted: ExecuteOne = (schedule) => {
		executions++;
		return executeOne(schedule);
	};
	const orders = Object.entries(test.vector.orders ?? {});
	for (const [name, order] of orders) {
		const execution = await drive(test, order, counted).catch((error) => {
			throw error instanceof NotRealised
				? new NotRealised(`order ${name}: ${error.message}`)
				: error;
		});
		const outcome = visit(traceOf(test, execution));
		if (order.outcome === undefined || outcome === null || outcome === order.outcome) continue;
		const expectation = ['orders', name, 'outcome'];
		const message = `order ${name} ends as ${outcome}, expected ${order.outcome}`;
		failures.addDriven({ expectation, message }, execution);
	}
	return { kind: 'driven', traces: orders.length, executions, preemptions: null };
}
