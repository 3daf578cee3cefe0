// SPDX-License-Identifier: MIT
/** Runs cases on implementations and gives the records of a report, one by one. */
import type { Implementation } from '../../implementations/implementation';
import type { Footer, Header, ReportRecord, Result, Shard } from '../../schema/types/report';
import type { Options } from '../decide/decide';
import type { KnownFailureList } from '../known-failures/list';
import type { Case } from '../library/compile';
import { libraryFingerprint } from '../library/shard';
import { version } from '../text/package-root';
import type { Decider } from './decider';
import { exitCode, INTERRUPTED } from './exit-code';

/** Cases that are handed out ahead of the one whose result is due: the results keep the order of the cases. */
const CASES_IN_FLIGHT = 64;

export interface Plan {
	readonly implementations: readonly Implementation[];
	/** What to run. */
	readonly cases: readonly Case[];
	/** Everything there is: known failures are checked against it. */
	readonly library: readonly Case[];
	/** Known failures by implementation. */
	knownFailures(implementation: Implementation): KnownFailureList;
	readonly options: Options;
	/** The part of the library that the cases are; all of it without. */
	readonly shard?: Shard;
	/** What was asked for to get them; everything without. */
	readonly selection?: Header['selection'];
	/** Who decides on an implementation. */
	decider(implementation: Implementation): Decider;
	/** Is told what is about to be decided. */
	onStart?(test: Case, implementation: Implementation): void;
	/** Is told what was decided, which may be long before its result is due. */
	onEnd?(test: Case, implementation: Implementation): void;
}

export async function* run(plan: Plan): AsyncGenerator<ReportRecord, number> {
	const { implementations, cases, library, options } = plan;
	const lists = new Map(implementations.map((each) => [each, plan.knownFailures(each)]));
	yield {
		record: 'header',
		format: 2,
		tool: 'dax-vectors',
		version,
		library: libraryFingerprint(library),
		shard: plan.shard ?? null,
		selection: plan.selection ?? { profile: null, ids: [], tags: [] },
		started: new Date().toISOString(),
		implementations: implementations.map(
			({ address, target, description, revision, compiler }) => ({
				address,
				target,
				description,
				...(revision !== undefined && { revision }),
				...(compiler !== undefined && { compiler }),
			}),
		),
		options: {
			order: options.order,
			strategy: options.strategy,
			preemptions: options.preemptions,
			budget: options.budget,
			...(options.memory && options.memory !== 'sc' && { memory: options.memory }),
		},
	};
	const results: Result[] = [];
	const jobs = cases.flatMap((test) =>
		implementations.map((implementation) => ({ test, implementation })),
	);
	const interrupted = new Promise<null>((resolve) =>
		options.signal?.addEventListener('abort', () => resolve(null)),
	);
	const decided: Promise<Result>[] = [];
	for (const [index, { implementation }] of jobs.entries()) {
		for (const job of jobs.slice(decided.length, index + CASES_IN_FLIGHT)) {
			const { test, implementation } = job;
			const onStart = () => plan.onStart?.(test, implementation);
			const deciding = plan.decider(implementation).decide(test, implementation, onStart);
			decided.push(deciding);
			deciding.then(() => plan.onEnd?.(test, implementation));
		}
		const answer = await Promise.race([decided[index]!, interrupted]);
		// What was cut short by Ctrl-C was not decided.
		if (answer === null || (options.signal?.aborted && answer.verdict === 'not-run')) break;
		const result = lists.get(implementation)!.apply(answer);
		results.push(result);
		yield result;
	}
	// Implementations may share one list.
	const files = new Map([...lists.values()].map((list) => [list.file, list]));
	const problems = [...files.values()].flatMap((list) => list.problems(library));
	const exit = options.signal?.aborted ? INTERRUPTED : exitCode(results, problems);
	yield footerOf(results, problems, exit);
	return exit;
}

export function footerOf(results: readonly Result[], problems: string[], exit: number): Footer {
	const counts: Record<string, number> = {};
	for (const { scored, verdict } of results) {
		const key = scored ? verdict : 'open';
		counts[key] = (counts[key] ?? 0) + 1;
	}
	return { record: 'footer', results: results.length, counts, problems, exit };
}
