// SPDX-License-Identifier: MIT
/** Finds the one outcome that an execution has. */
import type { Execution } from '../../schema/types/execution';
import type { Outcome } from '../../schema/types/vector';
import type { Case } from '../library/compile';
import type { LiveVector } from '../library/vector';
import type { Path } from '../library/yaml-source';
import { callbackViolations, deviceViolations, resultViolations, warningViolations } from './ends';
import { type Fault, faultsOf } from './faults';
import type { Violation } from './violation';

export interface Match {
	/** null when the execution has none of the allowed outcomes. */
	readonly outcome: string | null;
	readonly violations: readonly Violation[];
}

export function matchOutcome(test: Case, execution: Execution): Match {
	const { vector } = test;
	const faults = faultsOf(execution);
	let nearest: Violation[] | null = null;
	for (const [name, outcome] of Object.entries(vector.outcomes)) {
		const violations = [...mismatches(test, execution, outcome, ['outcomes', name], faults)];
		if (violations.length === 0) return { outcome: name, violations };
		if (!nearest || distance(violations) < distance(nearest)) nearest = violations;
	}
	return { outcome: null, violations: nearest!.slice(0, 1) };
}

/** Results say which outcome was meant; only then the fewest differences count. */
function distance(violations: readonly Violation[]): number {
	const results = violations.filter(({ expectation }) => expectation[2] === 'results');
	return results.length * 100 + violations.length;
}

/** Everything in which an execution differs from an outcome; what explains most comes first. */
function* mismatches(
	test: Case,
	execution: Execution,
	outcome: Outcome,
	path: Path,
	faults: readonly Fault[],
): Generator<Violation> {
	const expected: readonly string[] = outcome.faults ?? [];
	const unexpected = faults.find(({ fault }) => !expected.includes(fault));
	if (unexpected)
		yield {
			expectation: ['outcomes', 'faults', unexpected.fault],
			message: `${unexpected.fault}: ${unexpected.where}`,
		};
	const missing = expected.find((name) => !faults.some(({ fault }) => fault === name));
	if (missing !== undefined)
		yield { expectation: [...path, 'faults'], message: `no ${missing}, but one is expected` };
	yield* warningViolations(execution, ...warningsOf(test.vector, outcome, path));
	if (outcome.results)
		yield* resultViolations(test, execution, outcome.results, [...path, 'results']);
	if (outcome.device)
		yield* deviceViolations(execution.device, outcome.device, [...path, 'device'], 'at the end');
	if (outcome.callbacks)
		yield* callbackViolations(execution, outcome.callbacks, [...path, 'callbacks']);
}

function warningsOf(
	vector: LiveVector,
	outcome: Outcome,
	path: Path,
): [Outcome['warnings'] & {}, Path] {
	if (outcome.warnings) return [outcome.warnings, [...path, 'warnings']];
	return vector.warnings ? [vector.warnings, ['warnings']] : ['none', ['outcomes', 'warnings']];
}
