// SPDX-License-Identifier: MIT
/** Decides a case on an implementation: explores it, judges each trace, and states how complete the answer is. */
import type { Implementation } from '../../implementations/implementation';
import type { Failure, Result } from '../../schema/types/report';
import type { Options as ExploreOptions } from '../explore/explore';
import type { Case } from '../library/compile';
import { covers, type ModelName } from '../memory/models/names';
import { emptyResult } from './empty-result';
import { judgeInterleavings } from './interleavings';
import type { Searched, SharedFindings } from './shared-findings';
import { type Conclusion, conclude, concludeFromError, type Findings, noFindings } from './verdict';

export interface Options extends Omit<ExploreOptions, 'progress' | 'enough'> {
	/** Progress callback: traces and executions so far, of a case on the implementation with an address. */
	explored?(id: string, address: string, traces: number, executions: number): void;
	/** any: every interleaving. named: only the orders that the vector names. */
	readonly order: 'any' | 'named';
	/** Memory model; sc when absent. */
	readonly memory?: ModelName;
	/**
	 * Present where failed expectations are wanted, and neither witnesses nor data races. The search ends when one fails
	 * for which this is true.
	 */
	readonly suffices?: (id: string, expectation: string) => boolean;
	/** Findings under these options that targets share. */
	readonly shared?: SharedFindings;
}

/** Decides a case. Never throws: an error of the implementation becomes the verdict. */
export async function decide(
	test: Case,
	implementation: Implementation,
	options: Options,
): Promise<Result> {
	const started = performance.now();
	const findings = noFindings();
	const [verdict, reason] = await search(test, implementation, options, findings).catch(
		concludeFromError,
	);
	const result = emptyResult(test, implementation.address, verdict, reason);
	return {
		...result,
		scored: result.scored && covers(test.vector.memory, options.memory ?? 'sc'),
		...findings,
		milliseconds: Math.round((performance.now() - started) * 1000) / 1000,
	};
}

async function search(
	test: Case,
	implementation: Implementation,
	options: Options,
	findings: Findings,
): Promise<Conclusion> {
	const { order, memory = 'sc' } = options;
	const obstacle = obstacleOf(test, implementation, order);
	if (obstacle) return obstacle;
	const settles = (failures: readonly Failure[]) =>
		failures.some(({ expectation }) => options.suffices?.(test.id, expectation));
	const searched = { test, implementation, memory, settles };
	const known = options.shared?.find(searched, findings);
	if (known) return known;
	const conclusion = await (memory === 'sc'
		? explored(test, implementation, options, findings)
		: exploredUnderModel(searched, options, findings));
	options.shared?.add(searched, conclusion, findings);
	return conclusion;
}

async function exploredUnderModel(
	{ test, implementation, memory }: Searched,
	options: Options,
	findings: Findings,
): Promise<Conclusion> {
	// Not loaded for sc, the default.
	const weak = require('./under-memory-model') as typeof import('./under-memory-model');
	const seen = await weak.decideUnderModel(test, implementation, memory, options);
	const { undecided, ...found } = seen;
	Object.assign(findings, found);
	return undecided ?? conclude(test, findings);
}

async function explored(
	test: Case,
	implementation: Implementation,
	options: Options,
	findings: Findings,
): Promise<Conclusion> {
	const progress = (traces: number, executions: number) =>
		options.explored?.(test.id, implementation.address, traces, executions);
	await judgeInterleavings(test, implementation, { ...options, progress }, findings);
	const [verdict, reason] = conclude(test, findings);
	if (verdict !== 'not-run' || options.order === 'named' || !implementation.stress)
		return [verdict, reason];
	const executions = findings.completeness.executions.toLocaleString('en');
	return [verdict, `free running: ${executions} executions, nothing refuted`];
}

/** Reason why the implementation cannot run the case; null when it can. */
function obstacleOf(
	{ needs, vector }: Case,
	{ calls, missing, fields, explores, marks, stress, obstacle }: Implementation,
	order: Options['order'],
): Conclusion | null {
	if (obstacle) return [obstacle.verdict, obstacle.reason];
	const call = needs.calls.find((name) => !calls.includes(name));
	if (call) {
		const reason = missing?.[call];
		return ['skip', reason === undefined ? `no ${call}()` : `no ${call}(): ${reason}`];
	}
	if (vector.races && marks === false)
		return ['skip', 'plain and marked accesses look the same here'];
	const field = needs.fields.find((name) => !fields.includes(name));
	if (field) return ['not-run', `accesses of ${field} cannot be seen here`];
	if (order === 'any' && !explores && !stress)
		return ['not-run', 'it cannot follow every schedule: try --order named'];
	if (order === 'named' && !vector.orders) return ['skip', 'no named order'];
	return null;
}
