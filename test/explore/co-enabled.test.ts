// SPDX-License-Identifier: MIT
/** The data races of the traces of source-DPOR are those of brute force, and each can be told. */
import fc from 'fast-check';
import t from 'tap';
import type { Execution } from '../../implementations/implementation';
import { revisionNames } from '../../implementations/reference';
import { DataRaces, dataRaces } from '../../runner/explore/data-races';
import { Dependence } from '../../runner/explore/dependence';
import { fewestPreemptions } from '../../runner/explore/linearise';
import { Trace } from '../../runner/explore/trace';
import type { Case } from '../../runner/library/compile';
import { library, reference } from '../cases';
import { coEnabledRaces, pairText } from './co-enabled';
import { enumerate, interleavings } from './enumerate';
import { generatedToy } from './programs';
import { execute, type Toy } from './toy';

/** Executions that brute force may take. */
const LIMIT = 6_000;

/** What the traces of source-DPOR show. */
function reduced(run: (schedule: number[]) => Execution, observations: Case['observations'] = []) {
	const found = new DataRaces();
	for (const trace of enumerate('source-dpor', run, LIMIT, observations).traces.values())
		found.add(dataRaces(trace));
	const list = found.list();
	const pairs = list.map(({ object, first, second }) => pairText({ object, ...first }, second));
	return new Set(pairs);
}

t.test('brute force finds the same on the vectors', async (t) => {
	let compared = 0;
	let racing = 0;
	for (const test of await library()) {
		if (test.program.threads.length === 1) continue;
		for (const name of revisionNames) {
			const implementation = reference(name);
			if (test.needs.calls.some((call) => !implementation.calls.includes(call))) continue;
			const run = (schedule: number[]) =>
				(implementation.execute(test.program, [schedule]) as Execution[])[0]!;
			if (interleavings(run([])) > LIMIT) continue;
			const expected = coEnabledRaces(run, LIMIT);
			if (!expected) continue;
			compared++;
			if (expected.size > 0) racing++;
			const found = reduced(run, test.observations);
			t.strictSame([...found].sort(), [...expected].sort(), `${test.id} on ${name}`);
		}
	}
	t.ok(compared > 50, `${compared} compared`);
	t.ok(racing > 20, `${racing} of them have races`);
});

/** Some of a toy's accesses are plain; each says which agent and instruction it is of. */
function withPlain(toy: Toy, plain: number, schedule: number[]): Execution {
	const execution = execute(toy, schedule);
	const count: number[] = toy.map(() => 0);
	for (const event of execution.events) {
		const nth = count[event.agent]!++;
		event.function = `t${event.agent}.${nth}`;
		event.marked = event.op === 'rmw' || ((plain >> ((event.agent * 5 + nth) % 16)) & 1) === 0;
	}
	return execution;
}

t.test('brute force finds the same on generated toys', async (t) => {
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
		{ numRuns: 1000 },
	);
	t.ok(compared > 500, `${compared} compared`);
	t.ok(racing > 50, `${racing} of them have races`);
});

t.test('brute force knows no race after a grace period either', async (t) => {
	const toy: Toy = [
		[
			{ op: 'srcu-lock' },
			// Passes the read over once the flag is set.
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
	t.strictSame(coEnabledRaces(run, LIMIT), only);
	t.strictSame(reduced(run), only);
	const hasty: Toy = [toy[0]!, toy[1]!.filter(({ op }) => op !== 'sync')];
	const unordered = (schedule: number[]) => withPlain(hasty, 0xffff, schedule);
	t.equal(coEnabledRaces(unordered, LIMIT)!.size, 2);
	t.equal(reduced(unordered).size, 2);
});

t.test('the story of a race has its two sides next to each other', async (t) => {
	let told = 0;
	fc.assert(
		fc.property(generatedToy, fc.nat(0xffff), (toy, plain) => {
			const run = (schedule: number[]) => withPlain(toy, plain, schedule);
			const { traces } = enumerate('source-dpor', run, LIMIT);
			for (const [key, trace] of traces)
				for (const { events } of dataRaces(trace)) {
					told++;
					const { schedule } = fewestPreemptions(trace, undefined, events)!;
					const story = new Trace(run(schedule), new Dependence());
					if (story.key() !== key) throw new Error('another trace');
					const [first, second] = events.map((index) =>
						story.events.findIndex(({ function: name }) => name === trace.events[index]!.function),
					);
					if (second !== first! + 1) throw new Error(`${first} and ${second}`);
				}
		}),
		{ numRuns: 500 },
	);
	t.ok(told > 100, `${told} told`);
});
