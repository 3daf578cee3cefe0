// SPDX-License-Identifier: MIT
/** From what was explored, or from what went wrong, to a verdict and its reason. */
import { inspect } from 'node:util';
import { NoAnswer } from '../../implementations/implementation';
import type { Completeness, Failure, Verdict } from '../../schema/types/report';
import { ContractError, NotRealisedError } from '../explore/contract';
import { TimeoutError } from '../explore/execute';
import type { Case } from '../library/compile';
import { printable } from '../text/printable';

/** Adds to the failures what should have occurred in some interleaving and did not. */
export function conclude(
	{ vector, source }: Case,
	completeness: Completeness,
	outcomes: Readonly<Record<string, number>>,
	failures: Failure[],
): [Verdict, string] {
	const exhaustive = completeness.kind === 'exhaustive';
	const missing = Object.entries(vector.outcomes)
		.filter(([name, { must }]) => must === 'occur' && !outcomes[name])
		.map(([name]) => name);
	if (exhaustive && failures.length === 0)
		for (const name of missing) {
			const path = ['outcomes', name, 'must'];
			failures.push({
				expectation: path.join('/'),
				message: `no interleaving has the outcome ${name}`,
				file: source.file,
				line: source.line(path).line,
				traces: completeness.traces,
				preemptions: null,
				schedule: null,
				token: null,
				diagram: [],
			});
		}
	const [first] = failures;
	if (first) return ['fail', first.message];
	if (completeness.kind === 'partial')
		return ['not-run', `stopped after ${completeness.executions} executions: raise --budget`];
	if (completeness.kind === 'bounded' && missing.length > 0)
		return ['not-run', `outcome ${missing[0]} did not occur: raise --preemptions`];
	return ['pass', ''];
}

/** What an error says of a case: whose fault it is. */
export function failed(error: unknown): [Verdict, string] {
	const text =
		error instanceof Error ? String(error.message) : inspect(error, { breakLength: Infinity });
	const message = printable(text);
	// A console has lines.
	if (error instanceof NoAnswer) return [error.verdict, text.split('\n').map(printable).join('\n')];
	if (error instanceof NotRealisedError) return ['not-run', message];
	if (error instanceof TimeoutError) return ['timeout', message];
	if (error instanceof ContractError) return ['error', message];
	return ['crash', `the implementation threw: ${message}`];
}
