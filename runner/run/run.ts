// SPDX-License-Identifier: MIT
/** Decides cases on implementations and yields the records of a report. */
import type { Implementation } from '../../implementations/implementation';
import type { Footer, Header, ReportRecord, Result, Shard } from '../../schema/types/report';
import type { Options } from '../decide/decide';
import type { KnownFailureList } from '../known-failures/list';
import type { Case } from '../library/compile';
import { libraryFingerprint } from '../library/shard';
import { INTERRUPTED } from '../report/exit-codes';
import { version } from '../text/package-root';
import type { Decider } from './decider';
import { exitCode } from './exit-code';

export interface Plan {
	readonly implementations: readonly Implementation[];
	/** The cases to decide. */
	readonly cases: readonly Case[];
	/** All cases, against which known failures are checked. */
	readonly library: readonly Case[];
	knownFailures(implementation: Implementation): KnownFailureList;
	readonly options: Options;
	/** Scores open vectors too. */
	readonly scoreOpen?: boolean;
	/** Shard that the cases belong to; absent for a run without shards. */
	readonly shard?: Shard;
	/** Options that selected the cases; absent for a run of all. */
	readonly selection?: Header['selection'];
	decider(implementation: Implementation): Decider;
	/** Called when a case begins on an implementation. */
	onStart?(test: Case, implementation: Implementation): void;
	/** Called when a case is decided, which may be long before its result is yielded. */
	onEnd?(test: Case, implementation: Implementation): void;
}

/** Yields a header, a result for each case and implementation, and a footer; returns the exit code. */
export async function* run(plan: Plan): AsyncGenerator<ReportRecord, number> {
	const { implementations, library, options } = plan;
	const { signal } = options;
	const lists = new Map(implementations.map((each) => [each, plan.knownFailures(each)]));
	yield headerOf(plan);
	const results: Result[] = [];
	for await (const { implementation, result } of decideAll(plan)) {
		const decided = plan.scoreOpen ? { ...result, scored: true } : result;
		// After Ctrl-C the interrupted case is undecided, and so are all later cases.
		if (signal?.aborted && decided.verdict === 'not-run') break;
		const applied = lists.get(implementation)?.apply(decided) ?? decided;
		results.push(applied);
		yield applied;
	}
	// Implementations may share one list.
	const files = new Map([...lists.values()].map((list) => [list.file, list]));
	const problems = [...files.values()].flatMap((list) => list.problems(library));
	const exit = signal?.aborted ? INTERRUPTED : exitCode(results, problems);
	yield footerOf(results, problems, exit);
	return exit;
}

interface Decided {
	readonly implementation: Implementation;
	readonly result: Result;
}

/** Decides every case on every implementation, and yields in their order until the signal of the options. */
async function* decideAll(plan: Plan): AsyncGenerator<Decided> {
	const { implementations, cases, options } = plan;
	const interrupted = new Promise<null>((resolve) =>
		options.signal?.addEventListener('abort', () => resolve(null)),
	);
	const start = async (test: Case, implementation: Implementation): Promise<Decided> => {
		const onStart = () => plan.onStart?.(test, implementation);
		const result = await plan.decider(implementation).decide(test, implementation, onStart);
		plan.onEnd?.(test, implementation);
		return { implementation, result };
	};
	// Deciders choose from all of them what they decide at the same time.
	const decisions = cases.flatMap((test) => implementations.map((each) => start(test, each)));
	for (const decision of decisions) {
		const decided = await Promise.race([decision, interrupted]);
		if (!decided) return;
		yield decided;
	}
}

function headerOf({ implementations, library, options, shard, selection }: Plan): Header {
	return {
		record: 'header',
		format: 3,
		tool: 'dax-vectors',
		version,
		library: libraryFingerprint(library),
		shard: shard ?? null,
		selection: selection ?? { profile: null, ids: [], tags: [] },
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
			strategy: options.preemptions === null ? 'source-dpor' : 'bounded',
			preemptions: options.preemptions,
			budget: options.budget,
			...(options.memory && options.memory !== 'sc' && { memory: options.memory }),
		},
	};
}

/** Counts verdicts; results that are not scored count as open. */
export function footerOf(results: readonly Result[], problems: string[], exit: number): Footer {
	const counts: Record<string, number> = {};
	for (const { scored, verdict } of results) {
		const key = scored ? verdict : 'open';
		counts[key] = (counts[key] ?? 0) + 1;
	}
	return { record: 'footer', results: results.length, counts, problems, exit };
}
