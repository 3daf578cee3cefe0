// SPDX-License-Identifier: MIT
/** Concludes a verdict and its reason from what was found, or from the error that stopped the search. */
import { inspect } from 'node:util';
import { NoAnswer } from '../../implementations/implementation';
import type { Completeness, DataRace, Failure, Verdict } from '../../schema/types/report';
import { ContractError, NotRealised } from '../explore/contract';
import type { Case } from '../library/compile';
import { printable } from '../text/printable';

export type Conclusion = readonly [verdict: Verdict, reason: string];

/** Findings of the search of a case. The search fills them as it proceeds: an error keeps the earlier findings. */
export interface Findings {
	completeness: Completeness;
	/** Traces by outcome. */
	readonly outcomes: Record<string, number>;
	failures: Failure[];
	races: DataRace[];
}

export const noFindings = (): Findings => ({
	completeness: { kind: 'none', traces: 0, executions: 0, preemptions: null },
	// Has no prototype, because an outcome may have the name of a method of Object.
	outcomes: Object.create(null),
	failures: [],
	races: [],
});

/** Concludes from a finished search; adds a failure for each outcome that must occur and did not. */
export function conclude(test: Case, findings: Findings): Conclusion {
	const { completeness, failures } = findings;
	const missing = missingOutcomes(test, findings);
	if (completeness.kind === 'exhaustive' && failures.length === 0)
		failures.push(...missing.map((name) => missingFailure(test, name, completeness.traces)));
	const [first] = failures;
	if (first) return ['fail', first.message];
	if (completeness.kind === 'partial')
		return ['not-run', `stopped after ${completeness.executions} executions: raise --budget`];
	if (completeness.kind === 'bounded' && missing.length > 0)
		return ['not-run', `outcome ${missing[0]} did not occur: raise --preemptions`];
	return ['pass', ''];
}

const missingOutcomes = ({ vector }: Case, { outcomes }: Findings): string[] =>
	Object.entries(vector.outcomes)
		.filter(([name, { must }]) => must === 'occur' && !outcomes[name])
		.map(([name]) => name);

function missingFailure({ source }: Case, name: string, traces: number): Failure {
	const path = ['outcomes', name, 'must'];
	return {
		expectation: path.join('/'),
		message: `no interleaving has the outcome ${name}`,
		file: source.file,
		line: source.line(path).line,
		traces,
		preemptions: null,
		schedule: null,
		token: null,
	};
}

/** Concludes from the error that stopped a search. */
export function concludeFromError(error: unknown): Conclusion {
	const text =
		error instanceof Error ? String(error.message) : inspect(error, { breakLength: Infinity });
	const message = printable(text);
	// The message may quote lines of a guest's console.
	if (error instanceof NoAnswer) return [error.verdict, text.split('\n').map(printable).join('\n')];
	if (error instanceof NotRealised) return ['not-run', message];
	if (error instanceof ContractError) return ['error', message];
	return ['crash', `the implementation threw: ${message}`];
}
