// SPDX-License-Identifier: MIT
/**
 * Compares the explorer with fast-check's scheduler, which reorders asynchronous code at random: executions until the
 * release clears the operations of the next holder.
 */
import fc, { type Scheduler } from 'fast-check';
import { Dependence } from '../../runner/explore/dependence';
import { runSearch } from '../../runner/explore/explore';
import type { Trace } from '../../runner/explore/trace';
import { judgeTrace } from '../../runner/judge/judge-trace';
import { type SearchName, searches } from '../explore/searches';
import { type Device, putGet } from './async-put-get';
import { caseOf, implementationOf, OLD, options, PUT_GET } from './problems';
import { figure, median, type Section, sideBySide, whole } from './section';

const RUNS = 1000;
const SEEDS = 25;
const SAMPLES = 5;

const endOf = ({ alive, holder, ops, refs }: Device, got: unknown): string =>
	JSON.stringify([alive, holder, ops, refs, got]);

/** Executes once; returns the end state, and true if the new holder has lost its operations. */
async function execute(scheduler: Scheduler): Promise<[string, boolean]> {
	const turn = () => scheduler.schedule(Promise.resolve());
	const [dev, got] = await putGet(turn, () => scheduler.waitIdle());
	return [endOf(dev, got), dev.holder === 'B' && dev.ops === null];
}

/** Gives the number of executions until the update is lost; infinite if it never is. */
async function untilLost(seed: number): Promise<number> {
	const property = fc.asyncProperty(fc.scheduler(), async (s) => !(await execute(s))[1]);
	const details = await fc.check(property, { seed, numRuns: RUNS, endOnFailure: true });
	return details.failed ? details.numRuns : Number.POSITIVE_INFINITY;
}

/** Longer than 60 lines: three tools count executions and end states for one table. */
export async function fastCheck(): Promise<Section> {
	const ends = new Set<string>();
	const sample = (seed: number) =>
		fc.check(
			fc.asyncProperty(fc.scheduler(), async (scheduler) => {
				ends.add((await execute(scheduler))[0]);
			}),
			{ seed, numRuns: RUNS },
		);

	const test = await caseOf(PUT_GET);
	const reference = implementationOf(OLD);
	const ours = new Set<string>();
	/** Counts all executions, and those until the first bad one, replays included. */
	const search = async (name: SearchName) => {
		const done = { all: 0, first: Number.POSITIVE_INFINITY };
		const counted: typeof reference = {
			...reference,
			execute: (program, schedules) => {
				done.all += schedules.length;
				return reference.execute(program, schedules);
			},
		};
		const dependence = new Dependence(test.observations);
		const visit = (trace: Trace): void => {
			const { device, results } = trace.execution;
			const got = results.find(({ site }) => site === test.sites.get('got'))!.value;
			// An execution counts references relative to its start.
			ours.add(endOf({ ...device, refs: device.refs + test.program.device.refs }, got));
			if (judgeTrace(test, trace).violations.length > 0)
				done.first = Math.min(done.first, done.all);
		};
		const { program } = test;
		const exploration = { implementation: counted, program, dependence, options, visit };
		await runSearch(searches[name](dependence), exploration);
		return done;
	};

	const dpor = await search('source-dpor');
	const naive = await search('naive');
	// One exploration of put || get by source-dpor is too short to be timed.
	const rounds = Math.ceil(RUNS / dpor.all);
	let seed = 0;
	const times = await sideBySide(
		{
			'source-dpor': async () => {
				for (let round = 0; round < rounds; round++) await search('source-dpor');
			},
			naive: () => search('naive'),
			'fast-check': () => sample(++seed),
		},
		SAMPLES,
	);
	const runs: number[] = [];
	for (let each = 1; each <= SEEDS; each++) runs.push(await untilLost(each));

	const wrong: string[] = [];
	if (![...runs, dpor.first, naive.first].every(Number.isFinite))
		wrong.push(
			`not every tool found the lost update: ${[dpor.first, naive.first, ...runs].join()}`,
		);
	const [theirs, known] = [ends, ours].map((each) => [...each].sort().join(' '));
	if (theirs !== known)
		wrong.push(`fast-check found the end states ${theirs}, the explorer ${known}`);

	const rate = (name: keyof typeof times, executions: number): string[] => [
		whole((executions * 1000) / times[name]),
		`${figure((executions / times[name] / RUNS) * times['fast-check'])} x`,
	];
	const spread = `${Math.min(...runs)} to ${Math.max(...runs)}`;
	return {
		title: 'fast-check: its scheduler() on put || get as of v6.12-stable',
		notes: [
			'fast-check: put and get as async functions, one scheduled task an access, in random order, for a given number of runs.',
			`Executions until the lost update: median of seeds 1 to ${SEEDS}.`,
			'source-dpor, naive: the reference under the explorer; each execution validated, each new trace executed again (which',
			'counts) and judged. Deterministic; it covers every interleaving, so it can also show that there is no bug.',
			`Rates: tools take turns, ${whole(RUNS)} executions or more each, median of ${SAMPLES}. All found the same ${ends.size} end states.`,
		],
		header: ['tool', 'executions/s', 'to fast-check', 'until the bug', 'in all'],
		rows: [
			['source-dpor', ...rate('source-dpor', rounds * dpor.all), `${dpor.first}`, `${dpor.all}`],
			['naive', ...rate('naive', naive.all), `${naive.first}`, whole(naive.all)],
			['fast-check', ...rate('fast-check', RUNS), `${median(runs)} (${spread})`, 'no end'],
		],
		wrong,
	};
}
