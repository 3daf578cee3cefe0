// SPDX-License-Identifier: MIT
/** Runs cases on implementations and gives the records of a report, one by one. */
import type { Implementation } from '../implementations/implementation';
import type { Footer, ReportRecord, Result } from '../schema/types/report';
import { decide, type Options } from './decide';
import { exitCode, INTERRUPTED } from './exit-code';
import type { KnownFailureList } from './known-failures';
import { version } from './package-root';
import type { Case } from './vector/compile';

export interface Plan {
	readonly implementations: readonly Implementation[];
	/** What to run. */
	readonly cases: readonly Case[];
	/** Everything there is: known failures are checked against it. */
	readonly library: readonly Case[];
	/** Known failures by implementation. */
	knownFailures(implementation: Implementation): KnownFailureList;
	readonly options: Options;
	/** Is told what is about to be decided. */
	onStart?(test: Case, implementation: Implementation, done: number, total: number): void;
}

export async function* run(plan: Plan): AsyncGenerator<ReportRecord, number> {
	const { implementations, cases, library, options } = plan;
	const lists = new Map(implementations.map((each) => [each, plan.knownFailures(each)]));
	yield {
		record: 'header',
		format: 1,
		tool: 'dax-vectors',
		version,
		started: new Date().toISOString(),
		implementations: implementations.map(({ address, target, description }) => ({
			address,
			target,
			description,
		})),
		options: {
			order: options.order,
			strategy: options.strategy,
			preemptions: options.preemptions,
			budget: options.budget,
		},
	};
	const results: Result[] = [];
	const total = cases.length * implementations.length;
	for (const test of cases) {
		for (const implementation of implementations) {
			if (options.signal?.aborted) break;
			plan.onStart?.(test, implementation, results.length, total);
			const decided = await decide(test, implementation, options);
			// What was cut short by Ctrl-C was not decided.
			if (options.signal?.aborted && decided.verdict === 'not-run') break;
			const result = lists.get(implementation)!.apply(decided);
			results.push(result);
			yield result;
			// Lets signals and timers in between two explorations that never wait.
			await new Promise(setImmediate);
		}
	}
	// Implementations may share one list.
	const problems = [...new Set([...lists.values()].flatMap((list) => list.problems(library)))];
	const exit = options.signal?.aborted ? INTERRUPTED : exitCode(results, problems);
	yield footer(results, problems, exit);
	return exit;
}

function footer(results: readonly Result[], problems: string[], exit: number): Footer {
	const counts: Record<string, number> = {};
	for (const { scored, verdict } of results) {
		const key = scored ? verdict : 'open';
		counts[key] = (counts[key] ?? 0) + 1;
	}
	return { record: 'footer', results: results.length, counts, problems, exit };
}
