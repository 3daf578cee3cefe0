// SPDX-License-Identifier: MIT
/** Decides a case on an implementation: explores it, judges what is seen, and says how complete the answer is. */
import type { Implementation } from '../../implementations/implementation';
import type { Completeness, DataRace, Failure, Result, Verdict } from '../../schema/types/report';
import { NotRealisedError } from '../explore/contract';
import { DataRaces } from '../explore/data-races';
import { type Execute, executor } from '../explore/execute';
import { type Options as ExploreOptions, explore } from '../explore/explore';
import { drive } from '../explore/orders';
import { stress } from '../explore/stress';
import type { Trace } from '../explore/trace';
import { dependenceOf, judgeTrace, traceOf } from '../judge/judge-trace';
import type { Case } from '../library/compile';
import { covers, type ModelName } from '../memory/models';
import { emptyResult } from './empty-result';
import { Failures } from './failures';
import { decideUnderModel } from './under-memory-model';
import { conclude, failed } from './verdict';

export interface Options extends Omit<ExploreOptions, 'progress'> {
	/** Is told now and then how much of a case was explored on an implementation, by its address. */
	explored?(id: string, address: string, traces: number, executions: number): void;
	/** any: every interleaving. named: only the orders that the vector names. */
	readonly order: 'any' | 'named';
	/** The memory model; sc without. */
	readonly memory?: ModelName;
}

const NOTHING: Completeness = { kind: 'none', traces: 0, executions: 0, preemptions: null };

/** Never throws: what an implementation does wrong is a verdict. */
export async function decide(
	test: Case,
	implementation: Implementation,
	options: Options,
): Promise<Result> {
	const started = performance.now();
	// An outcome may have a name that every object has.
	const outcomes: Record<string, number> = Object.create(null);
	const told = (traces: number, executions: number) =>
		options.explored?.(test.id, implementation.address, traces, executions);
	const found = new Failures(test, implementation);
	const racing = new DataRaces();
	let completeness = NOTHING;
	let failures: Failure[] = [];
	let races: DataRace[] = [];
	let verdict: Verdict;
	let reason: string;
	try {
		const obstacle = notApplicable(test, implementation, options);
		if (obstacle) [verdict, reason] = obstacle;
		else if (options.memory && options.memory !== 'sc') {
			const seen = await decideUnderModel(test, implementation, options.memory, options);
			({ completeness, failures, races } = seen);
			Object.assign(outcomes, seen.outcomes);
			[verdict, reason] = seen.undecided ?? conclude(test, completeness, outcomes, failures);
		} else {
			const visit = (trace: Trace): string | null => {
				const { outcome, violations, races } = judgeTrace(test, trace);
				racing.add(races);
				if (outcome !== null) outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
				for (const violation of violations)
					if (implementation.stress) found.addObserved(violation, trace.execution);
					else found.add(violation, trace);
				return outcome;
			};
			completeness =
				options.order === 'any'
					? await (implementation.stress ? stress : explore)(
							implementation,
							test.program,
							dependenceOf(test),
							{ ...options, progress: told },
							visit,
						)
					: await driveAll(test, implementation, options, found, visit);
			failures = await found.explain(
				executor(implementation, test.program, options.timeout).execute,
			);
			if (implementation.marks !== false) races = racing.list();
			[verdict, reason] = conclude(test, completeness, outcomes, failures);
			if (verdict === 'not-run' && implementation.stress && options.order === 'any')
				reason = `free running: ${completeness.executions.toLocaleString('en')} executions, nothing refuted`;
		}
	} catch (error) {
		[verdict, reason] = failed(error);
	}
	const result = emptyResult(test, implementation.address, verdict, reason);
	return {
		...result,
		scored: result.scored && covers(test.vector.memory, options.memory ?? 'sc'),
		completeness,
		outcomes,
		failures,
		races,
		milliseconds: Math.round((performance.now() - started) * 1000) / 1000,
	};
}

function notApplicable(
	{ needs, vector }: Case,
	{ calls, fields, explores, marks, stress, obstacle }: Implementation,
	{ order }: Options,
): [Verdict, string] | null {
	if (obstacle) return [obstacle.verdict, obstacle.reason];
	const call = needs.calls.find((name) => !calls.includes(name));
	if (call) return ['skip', `no ${call}()`];
	if (vector.races && marks === false)
		return ['skip', 'plain and marked accesses look the same here'];
	const field = needs.fields.find((name) => !fields.includes(name));
	if (field) return ['not-run', `accesses of ${field} cannot be seen here`];
	if (order === 'any' && !explores && !stress)
		return ['not-run', 'it cannot follow every schedule: try --order named'];
	if (order === 'named' && !vector.orders) return ['skip', 'no named order'];
	return null;
}

async function driveAll(
	test: Case,
	implementation: Implementation,
	options: Options,
	found: Failures,
	visit: (trace: Trace) => string | null,
): Promise<Completeness> {
	let executions = 0;
	const plain = executor(implementation, test.program, options.timeout).execute;
	const execute: Execute = (schedules) => {
		executions += schedules.length;
		return plain(schedules);
	};
	const orders = Object.entries(test.vector.orders!);
	for (const [name, order] of orders) {
		const execution = await drive(test, order, execute).catch((error) => {
			throw error instanceof NotRealisedError
				? new NotRealisedError(`order ${name}: ${error.message}`)
				: error;
		});
		const outcome = visit(traceOf(test, execution));
		if (order.outcome === undefined || outcome === null || outcome === order.outcome) continue;
		const expectation = ['orders', name, 'outcome'];
		const message = `order ${name} ends as ${outcome}, expected ${order.outcome}`;
		found.addDriven({ expectation, message }, execution);
	}
	return { kind: 'driven', traces: orders.length, executions, preemptions: null };
}
