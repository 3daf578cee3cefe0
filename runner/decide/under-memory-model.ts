// SPDX-License-Identifier: MIT
/** Judges a case under a memory model that is weaker than sequential consistency. */
import {
	type Implementation,
	type IsolatedThreads,
	NoAnswer,
	type ThreadRun,
} from '../../implementations/implementation';
import { type Access, DataRaces, isAccess, raceOf, type SeenRace } from '../explore/data-races';
import { judge } from '../judge/judge';
import type { Case } from '../library/compile';
import { executionOf } from '../memory/execution';
import { type Behaviour, explore } from '../memory/explore';
import { lockObstacle } from '../memory/locks';
import { type ModelName, models } from '../memory/models';
import { programOf } from '../memory/threads';
import { FailedExpectations } from './failed-expectations';
import { type Conclusion, type Findings, noFindings } from './verdict';
import { WeakFailures } from './weak-failures';

export interface WeakFindings extends Findings {
	/** Verdict and reason of a case that cannot be decided; absent for any other. */
	undecided?: Conclusion;
}

interface Limits {
	/** Candidate executions at most. */
	readonly budget: number;
	/** Milliseconds at most. */
	readonly timeout: number;
	/** Stops the exploration, whose completeness is then partial. */
	readonly signal?: AbortSignal;
	readonly suffices?: (id: string, expectation: string) => boolean;
}

/** Reads of one thread at most: a thread that spins never stops reading. */
const MAX_READS = 512;
/** Milliseconds between turns of the event loop, which handles Ctrl-C and progress. */
const SLICE_MS = 50;

/** Decides a case under a memory model. Throws NoAnswer if a thread spins, or at the deadline. */
export async function decideUnderModel(
	test: Case,
	implementation: Implementation,
	model: ModelName,
	{ budget, timeout, signal, suffices }: Limits,
): Promise<WeakFindings> {
	const deadline = Date.now() + timeout;
	const obstacle = obstacleUnder(test, implementation, model);
	const isolated = implementation.isolate?.(test.program);
	if (obstacle || !isolated) return { ...noFindings(), undecided: obstacle ?? BEYOND_PROTOCOL };
	const threads = limited(isolated, deadline, timeout);
	const locks = threads.locks?.() ?? new Set();
	const { init } = threads;

	const findings: WeakFindings = noFindings();
	const { outcomes } = findings;
	const weak = suffices
		? new FailedExpectations(test, suffices)
		: new WeakFailures(test, model, init);
	const racing = new DataRaces();
	let paused = Date.now();
	let candidates = 0;
	let behaviours = 0;
	const end = (kind: 'exhaustive' | 'partial' | 'none', undecided?: Conclusion): WeakFindings => ({
		outcomes,
		completeness: { kind, traces: behaviours, executions: candidates, preemptions: null },
		failures: weak.list(),
		races: racing.list(),
		...(undecided && { undecided }),
	});
	const allowed = explore(programOf(threads), models[model], {
		distinct: ({ ends, finals }) => `${ends.map(observable).join()} ${JSON.stringify([...finals])}`,
		races: test.vector.races !== undefined,
		onCandidate: () => {
			candidates++;
		},
	});
	for (const behaviour of allowed) {
		const reason = beyondModels(behaviour.ends, locks);
		if (reason !== null) return end('none', ['skip', reason]);
		behaviours++;
		const races = racesOf(behaviour);
		racing.add(races);
		const execution = executionOf(test.program, init, behaviour, programOrder(behaviour));
		const { outcome, violations } = judge(test, execution, races);
		if (outcome !== null) outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
		for (const violation of violations) weak.add(violation, behaviour);
		if (Date.now() - paused > SLICE_MS) {
			await new Promise(setImmediate);
			paused = Date.now();
		}
		if (candidates > budget || signal?.aborted) return end('partial');
		if (weak.settled) return end('partial');
		if (Date.now() > deadline) return end('none', ['timeout', `no end after ${timeout} ms`]);
	}
	return end('exhaustive');
}

const BEYOND_PROTOCOL: Conclusion = [
	'skip',
	'it has calls that are about more than the holder protocol: judged under sc only',
];

/** Reason why the memory model cannot judge the case; null when it can. */
function obstacleUnder(
	{ vector }: Case,
	implementation: Implementation,
	model: ModelName,
): Conclusion | null {
	if (!implementation.isolate) return ['skip', 'it runs under sequential consistency only'];
	if (vector.races && !models[model].knowsRaces)
		return ['skip', `${model} says nothing about data races`];
	for (const [name, { when, after, throughout, quiet }] of Object.entries(vector.rules ?? {}))
		if (when?.before || after || throughout || quiet)
			return ['skip', `rule ${name} speaks of a moment, and ${model} has no order of all moments`];
	return null;
}

/** Adds limits to threads: run() throws NoAnswer after MAX_READS reads, or after the deadline. */
const limited = (threads: IsolatedThreads, deadline: number, timeout: number): IsolatedThreads => ({
	...threads,
	run(thread, values) {
		if (Date.now() > deadline) throw new NoAnswer('timeout', `no end after ${timeout} ms`);
		if (values.length > MAX_READS)
			throw new NoAnswer('not-run', `a thread reads more than ${MAX_READS} times: does it spin?`);
		return threads.run(thread, values);
	},
});

/** All events, thread by thread. */
const programOrder = ({ ends }: Behaviour<ThreadRun>) =>
	ends.flatMap(({ events }, thread) => [...events.keys()].map((origin) => ({ thread, origin })));

const observables = new WeakMap<ThreadRun, string>();

/** The part of a run that a vector can observe, as text. */
function observable(run: ThreadRun): string {
	const text =
		observables.get(run) ??
		JSON.stringify([
			run.results,
			run.warnings.map(({ function: where }) => where),
			run.callbacks.map(({ event: _, ...callback }) => callback),
			run.faults.map(({ fault }) => fault),
			run.events
				.filter(({ op }) => op === 'read' || op === 'free')
				.map(({ op, site, function: where, object, old }) => [op, site, where, object, old]),
		]);
	observables.set(run, text);
	return text;
}

/** Reason why only sequential consistency can judge these runs; null when the model can. */
function beyondModels(ends: readonly ThreadRun[], locks: ReadonlySet<string>): string | null {
	const events = ends.map((run) => run.events);
	if (events.flat().some(({ op }) => op === 'free'))
		return 'the device is freed: lifetimes are judged under sc only';
	const [trouble] = ends.flatMap((run) => run.beyond ?? lockObstacle(run, locks) ?? []);
	if (trouble !== undefined) return `${trouble}: judged under sc only`;
	const count = (list: ThreadRun['events'], wanted: string) =>
		list.filter(({ op }) => op === wanted).length;
	const stuck = events.findIndex((list) => count(list, 'srcu-lock') > count(list, 'srcu-unlock'));
	const waits = events.some((list, thread) => thread !== stuck && count(list, 'sync-end') > 0);
	return stuck >= 0 && waits
		? 'a read section is never left, and a thread waits for it: judged under sc only'
		: null;
}

function racesOf({ candidate, ends, racing }: Behaviour<ThreadRun>): SeenRace[] {
	const accessOf = (id: number): Access[] => {
		const origin = candidate.skeleton.events[id];
		const event = origin && ends[origin.thread]?.events[origin.origin];
		return event && isAccess(event) ? [event] : [];
	};
	return racing.flatMap(([a, b]) => {
		const [first, second] = [...accessOf(a), ...accessOf(b)];
		return first && second ? [raceOf(first, second, [0, 0])] : [];
	});
}
