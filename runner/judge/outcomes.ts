// SPDX-License-Identifier: MIT
/** Finds the outcome of an execution. */
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

/** Matches by case and end. Most traces of a case end like an earlier one. */
const known = new WeakMap<Case, Map<string, Match>>();

export function matchOutcome(test: Case, execution: Execution): Match {
	const { results, device, log, warnings, callbacks } = execution;
	const faults = faultsOf(execution);
	const matches = known.get(test) ?? new Map<string, Match>();
	known.set(test, matches);
	const end = JSON.stringify([
		results,
		device,
		log,
		warnings.map((each) => each.function),
		callbacks.map((each) => [each.holder, each.offset, each.length, each.flags, each.device]),
		faults,
	]);
	const match = matches.get(end) ?? matchEnd({ test, execution, faults });
	matches.set(end, match);
	return match;
}

function matchEnd(seen: Seen): Match {
	const { vector } = seen.test;
	const outcomes = Object.entries(vector.outcomes);
	// Most executions have an outcome: mismatches with the others are not collected, only the first of each is found.
	const match = outcomes.find(([name, outcome]) => fits(seen, outcome, ['outcomes', name]));
	if (match) return { outcome: match[0], violations: [] };
	let nearest: readonly Violation[] | null = null;
	for (const [name, outcome] of outcomes) {
		const violations = [...mismatches(seen, outcome, ['outcomes', name])];
		if (!nearest || distance(violations) < distance(nearest)) nearest = violations;
	}
	return { outcome: null, violations: nearest?.slice(0, 1) ?? [] };
}

const fits = (seen: Seen, outcome: Outcome, path: Path): boolean =>
	mismatches(seen, outcome, path).next().done === true;

/** Distance to an outcome: first the number of different results, then of all differences. */
function distance(violations: readonly Violation[]): number {
	const results = violations.filter(({ expectation }) => expectation[2] === 'results');
	return results.length * RESULT_WEIGHT + violations.length;
}

/** More than an outcome has other expectations. */
const RESULT_WEIGHT = 100;

interface Seen {
	readonly test: Case;
	readonly execution: Execution;
	readonly faults: readonly Fault[];
}

/** Finds the differences between an execution and an outcome, likely causes first: faults, then WARNs. */
function* mismatches(
	{ test, execution, faults }: Seen,
	outcome: Outcome,
	path: Path,
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
	if (outcome.log)
		yield* deviceViolations(execution.log, outcome.log, [...path, 'log'], 'at the end', 'log.');
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
