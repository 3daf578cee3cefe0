// SPDX-License-Identifier: MIT
/** Decides a case under a memory model that is weaker than sequential consistency. */
import {
	type Implementation,
	type IsolatedThreads,
	NoAnswer,
	type ThreadRun,
} from '../../implementations/implementation';
import type { Completeness, DataRace, Failure, Verdict } from '../../schema/types/report';
import type { SeenRace } from '../explore/data-races';
import { type Access, DataRaces, isAccess, pair } from '../explore/data-races';
import { judge } from '../judge/judge';
import type { Case } from '../library/compile';
import { executionOf } from '../memory/execution';
import { type Behaviour, explore } from '../memory/explore';
import { lockObstacle } from '../memory/locks';
import { type ModelName, models } from '../memory/models';
import { programOf } from '../memory/threads';
import { add, type Found, toFailure } from './weak-failures';

export interface Seen {
	readonly completeness: Completeness;
	readonly outcomes: Readonly<Record<string, number>>;
	readonly failures: Failure[];
	readonly races: DataRace[];
	/** Why nothing can be said; absent where something can. */
	readonly undecided?: [Verdict, string];
}

interface Limits {
	/** Candidate executions at most. */
	readonly budget: number;
	/** Milliseconds at most. */
	readonly timeout: number;
	/** Stops the exploration, whose completeness is then partial. */
	readonly signal?: AbortSignal;
}

/** Milliseconds between turns of the event loop, which handles Ctrl-C and progress. */
const SLICE_MS = 50;

const BEYOND: [Verdict, string] = [
	'skip',
	'it has calls that are about more than the holder protocol: judged under sc only',
];

/** Why the memory model cannot judge the case; null when it can. */
export function notWeakly(
	{ vector }: Case,
	implementation: Implementation,
	model: ModelName,
): [Verdict, string] | null {
	if (!implementation.isolate) return ['skip', 'it runs under sequential consistency only'];
	if (vector.races && !models[model].knowsRaces)
		return ['skip', `${model} says nothing about data races`];
	for (const [name, { when, after, throughout, quiet }] of Object.entries(vector.rules ?? {}))
		if (when?.before || after || throughout || quiet)
			return ['skip', `rule ${name} speaks of a moment, and ${model} has no order of all moments`];
	return null;
}

export async function decideUnderModel(
	test: Case,
	implementation: Implementation,
	model: ModelName,
	{ budget, timeout, signal }: Limits,
): Promise<Seen> {
	const outcomes: Record<string, number> = Object.create(null);
	const found = new Map<string, Found>();
	const racing = new DataRaces();
	const deadline = Date.now() + timeout;
	let paused = Date.now();
	let candidates = 0;
	let behaviours = 0;
	const seen = (kind: Completeness['kind'], undecided?: Seen['undecided']): Seen => ({
		completeness: { kind, traces: behaviours, executions: candidates, preemptions: null },
		outcomes,
		failures: [...found.values()].map((each) => toFailure(test, model, init, each)),
		races: racing.list(),
		...(undecided && { undecided }),
	});
	const obstacle = notWeakly(test, implementation, model);
	const alone = within(deadline, timeout, implementation.isolate?.(test.program));
	const init = alone?.init ?? {};
	if (obstacle || !alone) return seen('none', obstacle ?? BEYOND);
	const locks = alone.locks?.() ?? new Set();

	const program = programOf(alone);
	const options = {
		distinct: ({ ends, finals }: Pick<Behaviour<ThreadRun>, 'ends' | 'finals'>) =>
			`${ends.map(observable).join()} ${JSON.stringify([...finals])}`,
		races: test.vector.races !== undefined,
		onCandidate: () => {
			candidates++;
		},
	};
	const allowed = explore(program, models[model], options);
	for (const behaviour of allowed) {
		const trouble = beyond(behaviour.ends, locks);
		if (trouble) return seen('none', [...trouble]);
		behaviours++;
		const races = racesOf(behaviour);
		racing.add(races);
		const { ends } = behaviour;
		const order = ends.flatMap(({ events }, thread) =>
			events.map((_, origin) => ({ thread, origin })),
		);
		const execution = executionOf(test.program, init, behaviour, order);
		const { outcome, violations } = judge(test, execution, races);
		if (outcome !== null) outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
		for (const violation of violations) add(found, violation, behaviour);
		if (Date.now() - paused > SLICE_MS) {
			await new Promise(setImmediate);
			paused = Date.now();
		}
		if (candidates > budget || signal?.aborted) return seen('partial');
		if (Date.now() > deadline) return seen('none', ['timeout', `no end after ${timeout} ms`]);
	}
	return seen('exhaustive');
}

/** Reads of one thread at most: what spins reads for ever. */
const READS = 512;

/** Stops what has no end. */
function within(
	deadline: number,
	timeout: number,
	alone: IsolatedThreads | null | undefined,
): IsolatedThreads | null {
	if (!alone) return null;
	return {
		...alone,
		run(thread, values) {
			if (Date.now() > deadline) throw new NoAnswer('timeout', `no end after ${timeout} ms`);
			if (values.length > READS)
				throw new NoAnswer('not-run', `a thread reads more than ${READS} times: does it spin?`);
			return alone.run(thread, values);
		},
	};
}

/** What a thread did as far as a vector can see it. */
const known = new WeakMap<ThreadRun, string>();

function observable(lone: ThreadRun): string {
	const text =
		known.get(lone) ??
		JSON.stringify([
			lone.results,
			lone.warnings.map(({ function: where }) => where),
			lone.callbacks.map(({ event: _, ...callback }) => callback),
			lone.faults.map(({ fault }) => fault),
			lone.events
				.filter(({ op }) => op === 'read' || op === 'free')
				.map(({ op, site, function: where, object, old }) => [op, site, where, object, old]),
		]);
	known.set(lone, text);
	return text;
}

/** What only sequential consistency can judge here. */
function beyond(
	ends: readonly ThreadRun[],
	locks: ReadonlySet<string>,
): readonly [Verdict, string] | null {
	const events = ends.map((lone) => lone.events);
	if (events.flat().some(({ op }) => op === 'free'))
		return ['skip', 'the device is freed: lifetimes are judged under sc only'];
	const [trouble] = ends.flatMap((lone) => lone.beyond ?? lockObstacle(lone, locks) ?? []);
	if (trouble !== undefined) return ['skip', `${trouble}: judged under sc only`];
	const open = (list: ThreadRun['events']) =>
		list.filter(({ op }) => op === 'srcu-lock').length -
		list.filter(({ op }) => op === 'srcu-unlock').length;
	const stuck = events.findIndex((list) => open(list) > 0);
	const waits = events.some(
		(list, thread) => thread !== stuck && list.some(({ op }) => op === 'sync-end'),
	);
	if (stuck >= 0 && waits)
		return ['skip', 'a read section is never left: who waits for it is judged under sc only'];
	return null;
}

function racesOf({ candidate, ends, racing }: Behaviour<ThreadRun>): SeenRace[] {
	const { events } = candidate.skeleton;
	const access = (id: number) => ends[events[id]!.thread]!.events[events[id]!.origin]!;
	return racing.flatMap(([a, b]) => {
		const [first, second] = [access(a), access(b)];
		if (!isAccess(first) || !isAccess(second)) return [];
		return [{ race: pair(first as Access, second as Access), events: [0, 0] as const }];
	});
}
