// SPDX-License-Identifier: MIT
/** The data races of the traces of source-DPOR are those of brute force, and each has a witness with adjacent accesses. */

import t, { type Test } from 'tap';
import type { Execution } from '../../implementations/implementation';
import { revisionNames } from '../../implementations/reference';
import { DataRaces, dataRaces } from '../../runner/explore/data-races';
import { Dependence } from '../../runner/explore/dependence';
import { fewestPreemptions } from '../../runner/explore/linearise';
import { Trace } from '../../runner/explore/trace';
import type { Case } from '../../runner/library/compile';
import { library, reference } from '../cases';
import fc from '../fast-check';
import { needs } from '../needs';
import { ExploredCode } from '../same-code';
import { coEnabledRaces, pairText } from './co-enabled';
import { enumerate, interleavings, runOn } from './enumerate';
import { generatedToy } from './programs';
import { execute, type Toy } from './toy';

/** Executions of one brute-force search. */
const MAX_EXECUTIONS = 6_000;

/** The data races of all traces that source-DPOR finds. */
function reduced(run: (schedule: number[]) => Execution, observations: Case['observations'] = []) {
	const found = new DataRaces();
	for (const trace of enumerate('source-dpor', run, MAX_EXECUTIONS, observations).traces.values())
		found.add(dataRaces(trace));
	const list = found.list();
	const pairs = list.map(({ object, first, second }) => pairText({ object, ...first }, second));
	return new Set(pairs);
}

t.test('source-DPOR and brute force find the same data races in the vectors', async (t) => {
	const explored = new ExploredCode();
	const revisions = revisionNames.map((name) => reference(name));
	let compared = 0;
	let racing = 0;
	for (const test of await library()) {
		if (test.program.threads.length === 1) continue;
		for (const revision of revisions) {
			if (test.needs.calls.some((call) => !revision.calls.includes(call))) continue;
			if (explored.has(test, revision)) continue;
			const run = runOn(revision, test.program);
			if (interleavings(run([])) > MAX_EXECUTIONS) continue;
			const expected = coEnabledRaces(run, MAX_EXECUTIONS);
			if (!expected) continue;
			compared++;
			if (expected.size > 0) racing++;
			const found = reduced(run, test.observations);
			t.strictSame([...found].sort(), [...expected].sort(), `${test.id} on ${revision.target}`);
			explored.add(test, revision, 'reached');
		}
	}
	t.ok(compared > 50, `${compared} compared`);
	t.ok(racing > 20, `${racing} of them have races`);
});

/** Executes a toy with some plain accesses, by the bits of plain. The function of an event names its agent and ordinal. */
function withPlain(toy: Toy, plain: number, schedule: number[]): Execution {
	const execution = execute(toy, schedule);
	const count = new Map<number, number>();
	for (const event of execution.events) {
		const nth = count.get(event.agent) ?? 0;
		count.set(event.agent, nth + 1);
		event.function = `t${event.agent}.${nth}`;
		event.marked = event.op === 'rmw' || ((plain >> ((event.agent * 5 + nth) % 16)) & 1) === 0;
	}
	return execution;
}

/** Compares the data races in generated toys; most can be enumerated, and some have races. */
function compareInToys(t: Test, toys: number): void {
	let compared = 0;
	let racing = 0;
	fc.assert(
		fc.property(generatedToy, fc.nat(0xffff), (toy, plain) => {
			const run = (schedule: number[]) => withPlain(toy, plain, schedule);
			const expected = coEnabledRaces(run, 2_000);
			if (!expected) return;
			compared++;
			if (expected.size > 0) racing++;
			const [found, wanted] = [reduced(run), expected].map((each) => [...each].sort().join('; '));
			if (found !== wanted) throw new Error(`found ${found}, not ${wanted}`);
		}),
		{ numRuns: toys },
	);
	t.ok(compared > toys / 2, `${compared} compared`);
	t.ok(racing > toys / 20, `${racing} of them have races`);
}

t.test('source-DPOR and brute force find the same data races in 300 toys', async (t) => {
	compareInToys(t, 300);
});

t.test('so they do in 1000 others', needs('time'), async (t) => {
	compareInToys(t, 1000);
});

t.test('source-DPOR and brute force find no race that a grace period orders', async (t) => {
	const toy: Toy = [
		[
			{ op: 'srcu-lock' },
			// Skips the read once the flag is set.
			{ op: 'cas', variable: 'flag', value: 1 },
			{ op: 'read', variable: 'x', value: 0 },
			{ op: 'srcu-unlock' },
		],
		[
			{ op: 'write', variable: 'flag', value: 2 },
			{ op: 'sync' },
			{ op: 'write', variable: 'x', value: 1 },
		],
	];
	const run = (schedule: number[]) => withPlain(toy, 0xffff, schedule);
	const only = new Set(['flag: t0.1 rmw marked, t1.0 write plain']);
	t.strictSame(coEnabledRaces(run, MAX_EXECUTIONS), only);
	t.strictSame(reduced(run), only);
	const hasty: Toy = toy.map((thread) => thread.filter(({ op }) => op !== 'sync'));
	const unordered = (schedule: number[]) => withPlain(hasty, 0xffff, schedule);
	t.equal(coEnabledRaces(unordered, MAX_EXECUTIONS)?.size, 2);
	t.equal(reduced(unordered).size, 2);
});

t.test('the witness of a data race has the two accesses adjacent', async (t) => {
	let compared = 0;
	fc.assert(
		fc.property(generatedToy, fc.nat(0xffff), (toy, plain) => {
			const run = (schedule: number[]) => withPlain(toy, plain, schedule);
			const { traces } = enumerate('source-dpor', run, MAX_EXECUTIONS);
			for (const [key, trace] of traces)
				for (const { events } of dataRaces(trace)) {
					compared++;
					const found = fewestPreemptions(trace, undefined, events);
					if (!found) throw new Error('no linearisation');
					const witness = new Trace(run(found.schedule), new Dependence());
					if (witness.key() !== key) throw new Error('another trace');
					const [first, second] = events.map((index) =>
						witness.events.findIndex(
							({ function: name }) => name === trace.events[index]?.function,
						),
					);
					if (first === undefined || second !== first + 1)
						throw new Error(`${first} and ${second}`);
				}
		}),
		{ numRuns: 500 },
	);
	t.ok(compared > 100, `${compared} compared`);
});
