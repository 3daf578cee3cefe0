// SPDX-License-Identifier: MIT
/**
 * The explorers are exact: on generated programs and on every vector they find the traces and the ends that naive
 * enumeration finds, wherever that is feasible; elsewhere they agree with each other.
 */
import fc from 'fast-check';
import t from 'tap';
import { openReference, revisionNames } from '../../implementations/reference';
import { fewestPreemptions } from '../../runner/explore/linearise';
import { openLibrary } from '../../runner/library/library';
import type { Program } from '../../schema/types/program';
import { enumerate, type Found, interleavings } from './enumerate';
import { generatedProgram, generatedToy } from './programs';
import { execute } from './toy';

/** Naive enumeration is given up beyond this many executions. */
const NAIVE_LIMIT = 200_000;

const sorted = (set: Iterable<string>): string[] => [...set].sort();

/** Throws where two explorations differ. */
function agree(name: string, found: Found, expected: Found): void {
	const traces = [found.traces.size, expected.traces.size];
	if (traces[0] !== traces[1]) throw new Error(`${name}: ${traces[0]} traces, not ${traces[1]}`);
	for (const key of expected.traces.keys())
		if (!found.traces.has(key)) throw new Error(`${name} lacks a trace: ${key}`);
	if (sorted(found.ends).join() !== sorted(expected.ends).join())
		throw new Error(`${name}: other ends`);
}

t.test('generated toys: every strategy finds what naive enumeration finds', async (t) => {
	let compared = 0;
	fc.assert(
		fc.property(generatedToy, (program) => {
			const run = (schedule: number[]) => execute(program, schedule);
			const naive = enumerate('naive', run, 20_000);
			if (!naive.complete) return;
			compared++;
			for (const strategy of ['sleep-sets', 'source-dpor', 'bounded'] as const)
				agree(strategy, enumerate(strategy, run), naive);
		}),
		{ numRuns: 1500 },
	);
	t.ok(compared > 1000, `${compared} compared`);
});

t.test('generated toys: the shortest story has as few preemptions as any', async () => {
	fc.assert(
		fc.property(generatedToy, (program) => {
			const found = enumerate('bounded', (schedule) => execute(program, schedule), 20_000);
			if (!found.complete) return;
			for (const [key, trace] of found.traces) {
				const { preemptions } = fewestPreemptions(trace)!;
				const expected = found.preemptions.get(key);
				if (preemptions !== expected)
					throw new Error(`${preemptions} preemptions, not ${expected}`);
			}
		}),
		{ numRuns: 500 },
	);
});

t.test(
	'generated programs on the reference: sleep sets and source-DPOR agree, with naive where feasible',
	async (t) => {
		let compared = 0;
		const target = fc.constantFrom(...revisionNames.filter((name) => name !== 'v6.0'));
		fc.assert(
			fc.property(generatedProgram, target, (program, name) => {
				const implementation = openReference(name)!;
				const calls = [...program.threads, program.holders.A!].flatMap((each) =>
					each.calls.map(({ call }) => call),
				);
				if (calls.some((call) => !implementation.calls.includes(call))) return;
				const run = runner(name, program);
				const sleeping = enumerate('sleep-sets', run, 1_500);
				if (!sleeping.complete) return;
				agree('source-dpor', enumerate('source-dpor', run), sleeping);
				if (interleavings(run([])) > 5_000) return;
				const naive = enumerate('naive', run, NAIVE_LIMIT);
				if (!naive.complete) return;
				compared++;
				agree('sleep-sets', sleeping, naive);
			}),
			{ numRuns: 100 },
		);
		t.ok(compared > 3, `${compared} compared with naive enumeration`);
	},
);

t.test('every vector on every revision', async (t) => {
	const { cases } = await openLibrary();
	let naively = 0;
	for (const { id, program, needs, observations } of cases)
		for (const name of ['v6.12-stable', 'v3', 'merged']) {
			if (needs.calls.some((call) => !openReference(name)!.calls.includes(call))) continue;
			const run = runner(name, program);
			const reduced = enumerate('source-dpor', run, NAIVE_LIMIT, observations);
			const sleeping = enumerate('sleep-sets', run, NAIVE_LIMIT, observations);
			t.doesNotThrow(() => agree('source-dpor', reduced, sleeping), `${id} on ${name}`);
			if (interleavings(run([])) > NAIVE_LIMIT) continue;
			const naive = enumerate('naive', run, NAIVE_LIMIT, observations);
			if (!naive.complete) continue;
			naively++;
			t.doesNotThrow(() => agree('sleep-sets', sleeping, naive), `${id} on ${name}, naively`);
		}
	t.ok(naively > 60, `${naively} compared with naive enumeration`);
});

t.test('the counts that other checkers gave for the same accesses', async (t) => {
	const { cases } = await openLibrary();
	const program = (id: string) => cases.find((each) => each.id === id)!.program;
	const race = runner('v6.12-stable', program('DAXV-0001/fs_dax_get_by_bdev'));
	t.equal(enumerate('source-dpor', race).traces.size, 4, 'put||get');
	// 53 where a failed cmpxchg writes and every unlock depends on every wait; 43 with the relation as it is.
	const removal = runner('v6.12-stable', program('DAXV-0002'));
	t.equal(enumerate('source-dpor', removal).traces.size, 43, 'kill||put||get');
});

function runner(name: string, program: Program) {
	const implementation = openReference(name)!;
	return (schedule: number[]) => {
		const executions = implementation.execute(program, [schedule]);
		if (executions instanceof Promise) throw new Error('the reference answers at once');
		return executions[0]!;
	};
}
