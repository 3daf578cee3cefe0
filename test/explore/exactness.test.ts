// SPDX-License-Identifier: MIT
/**
 * The searches are exact: on generated programs and on every vector they find the traces and the ends of naive
 * enumeration where that is feasible; elsewhere source-DPOR and sleep sets agree.
 */

import t, { type Test } from 'tap';
import { revisionNames } from '../../implementations/reference';
import { fewestPreemptions } from '../../runner/explore/linearise';
import type { Program } from '../../schema/types/program';
import { caseOf, library, reference } from '../cases';
import fc from '../fast-check';
import { needs } from '../needs';
import { enumerate, type Found, interleavings, runOn } from './enumerate';
import { generatedPair, generatedProgram, generatedToy } from './programs';
import { execute } from './toy';

/** Executions of one naive enumeration. */
const MAX_NAIVE_EXECUTIONS = 200_000;

const sorted = (set: Iterable<string>): string[] => [...set].sort();

/** Throws when two searches found different traces or ends. */
function agree(name: string, found: Found, expected: Found): void {
	const traces = [found.traces.size, expected.traces.size];
	if (traces[0] !== traces[1]) throw new Error(`${name}: ${traces[0]} traces, not ${traces[1]}`);
	for (const key of expected.traces.keys())
		if (!found.traces.has(key)) throw new Error(`${name} lacks a trace: ${key}`);
	if (sorted(found.ends).join() !== sorted(expected.ends).join())
		throw new Error(`${name}: other ends`);
}

/** Compares the searches in generated toys; most can be enumerated. */
function compareInToys(t: Test, toys: number): void {
	let compared = 0;
	fc.assert(
		fc.property(generatedToy, (program) => {
			const run = (schedule: number[]) => execute(program, schedule);
			const naive = enumerate('naive', run, 20_000);
			if (!naive.complete) return;
			compared++;
			for (const name of ['sleep-sets', 'source-dpor', 'bounded'] as const)
				agree(name, enumerate(name, run), naive);
		}),
		{ numRuns: toys },
	);
	t.ok(compared > toys * 0.6, `${compared} compared`);
}

t.test('every search finds the traces of naive enumeration in 300 generated toys', async (t) => {
	compareInToys(t, 300);
});

t.test('so it does in 1500 others', needs('time'), async (t) => {
	compareInToys(t, 1500);
});

t.test(
	'fewestPreemptions() finds the minimum over all interleavings of generated toys',
	async () => {
		fc.assert(
			fc.property(generatedToy, (program) => {
				const found = enumerate('bounded', (schedule) => execute(program, schedule), 20_000);
				if (!found.complete) return;
				for (const [key, trace] of found.traces) {
					const seen = fewestPreemptions(trace)?.preemptions;
					const expected = found.preemptions.get(key);
					if (seen !== expected) throw new Error(`${seen} preemptions, not ${expected}`);
				}
			}),
			{ numRuns: 500 },
		);
	},
);

for (const [name, arbitrary] of [
	['generated programs', generatedProgram],
	['generated programs with two devices', generatedPair],
] as const)
	t.test(`source-DPOR, sleep sets and naive enumeration agree on ${name}`, async (t) => {
		let compared = 0;
		const revision = fc.constantFrom(...revisionNames.filter((each) => each !== 'v6.0'));
		fc.assert(
			fc.property(arbitrary, revision, (program, name) => {
				const callers = [...program.threads, ...Object.values(program.holders)];
				const calls = callers.flatMap((each) => each?.calls ?? []);
				if (calls.some(({ call }) => !reference(name).calls.includes(call))) return;
				const run = runOn(name, program);
				const sleeping = enumerate('sleep-sets', run, 1_500);
				if (!sleeping.complete) return;
				agree('source-dpor', enumerate('source-dpor', run), sleeping);
				if (interleavings(run([])) > 5_000) return;
				const naive = enumerate('naive', run, MAX_NAIVE_EXECUTIONS);
				if (!naive.complete) return;
				compared++;
				agree('sleep-sets', sleeping, naive);
			}),
			{ numRuns: 100 },
		);
		t.ok(compared > 3, `${compared} compared with naive enumeration`);
	});

t.test(
	'source-DPOR, sleep sets and naive enumeration agree on every vector',
	needs('time'),
	async (t) => {
		let naively = 0;
		for (const { id, program, needs, observations } of await library())
			for (const name of ['v6.12-stable', 'v3', 'merged']) {
				if (needs.calls.some((call) => !reference(name).calls.includes(call))) continue;
				const run = runOn(name, program);
				const reduced = enumerate('source-dpor', run, MAX_NAIVE_EXECUTIONS, observations);
				const sleeping = enumerate('sleep-sets', run, MAX_NAIVE_EXECUTIONS, observations);
				t.doesNotThrow(() => agree('source-dpor', reduced, sleeping), `${id} on ${name}`);
				if (interleavings(run([])) > MAX_NAIVE_EXECUTIONS) continue;
				const naive = enumerate('naive', run, MAX_NAIVE_EXECUTIONS, observations);
				if (!naive.complete) continue;
				naively++;
				t.doesNotThrow(() => agree('sleep-sets', sleeping, naive), `${id} on ${name}, naively`);
			}
		t.ok(naively > 60, `${naively} compared with naive enumeration`);
	},
);

t.test('lookups that make devices, or find none, are ordered', async (t) => {
	const device = { alive: true, holder: null, ops: null, refs: 1 };
	const free = [{ call: 'kill_dax' }, { call: 'put_dax' }] as const;
	const programs = {
		// The first of them gets the memory of the first device.
		both: [[{ call: 'dax_dev_get' }], [{ call: 'dax_dev_get', device: 'log' }]],
		// The lookup finds no device, or the one that alloc_dax() makes.
		found: [[{ call: 'alloc_dax' }], [{ call: 'dax_dev_find' }]],
	} as const;
	for (const [name, threads] of Object.entries(programs)) {
		const program: Program = {
			id: name,
			holders: {},
			device,
			log: null,
			setup: free.map((call, site) => ({ site, ...call })),
			threads: threads.map((calls, index) => ({
				name: `t${index}`,
				calls: calls.map((call) => ({ site: 2 + index, ...call })),
			})),
		};
		const run = runOn(name === 'found' ? 'series-v1' : 'merged', program);
		const naive = enumerate('naive', run, MAX_NAIVE_EXECUTIONS);
		t.equal(naive.ends.size, 2, `${name}: both orders have an end of their own`);
		t.doesNotThrow(() => agree('source-dpor', enumerate('source-dpor', run), naive), name);
	}
});

t.test('the numbers of traces are those of other model checkers', async (t) => {
	const claim = await caseOf('DAXV-0001/fs_dax_get_by_bdev');
	const race = runOn('v6.12-stable', claim.program);
	t.equal(enumerate('source-dpor', race).traces.size, 4, 'put||get');
	// 53 where a failed cmpxchg writes and every unlock depends on every wait; 43 with the relation as it is.
	const removal = runOn('v6.12-stable', (await caseOf('DAXV-0002')).program);
	t.equal(enumerate('source-dpor', removal).traces.size, 43, 'kill||put||get');
});
