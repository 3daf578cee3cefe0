// SPDX-License-Identifier: MIT
/** Judges one execution of a case: its outcome, the rules that apply, and what it violates. */
import type { Execution } from '../../schema/types/execution';
import type { SeenRace } from '../explore/data-races';
import type { Case } from '../library/compile';
import { matchOutcome } from './outcomes';
import { raceViolations } from './races';
import { applies, ruleViolations } from './rules';
import { strayCallbacks } from './stray-callbacks';
import type { Violation } from './violation';

export interface Judgement {
	/** null when the execution has none of the allowed outcomes. */
	readonly outcome: string | null;
	/** Names of the rules that applied. */
	readonly applied: readonly string[];
	readonly violations: readonly Violation[];
}

/** races are the data races of the execution, which the explorer computes from happens-before. */
export function judge(test: Case, execution: Execution, races: readonly SeenRace[]): Judgement {
	const { outcome, violations } = matchOutcome(test, execution);
	const found = [...violations];
	if (execution.callbacks.length > 0) found.push(...strayCallbacks(test, execution));
	const applied: string[] = [];
	for (const [name, rule] of Object.entries(test.vector.rules ?? {})) {
		if (!applies(test, execution, rule)) continue;
		applied.push(name);
		found.push(...ruleViolations(test, execution, rule, ['rules', name]));
	}
	found.push(...raceViolations(test.vector, races));
	return { outcome, applied, violations: found };
}
