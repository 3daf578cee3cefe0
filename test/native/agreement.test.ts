// SPDX-License-Identifier: MIT
/**
 * C and model have the same traces and ends: the port on every vector and on generated programs, and every revision as
 * real C on every vector.
 */

import t, { type Test } from 'tap';
import type { Implementation } from '../../implementations/implementation';
import { openNative } from '../../implementations/native';
import { decide } from '../../runner/decide/decide';
import type { Case } from '../../runner/library/compile';
import type { Program } from '../../schema/types/program';
import { decideOn, library, OPTIONS, reference } from '../cases';
import { enumerate, type Found } from '../explore/enumerate';
import { generatedPair, generatedProgram } from '../explore/programs';
import fc, { SEED } from '../fast-check';
import { needs } from '../needs';
import { debianTree } from './debian';
import { revisionNames, revisionTree } from './revisions';

const CC = needs('cc');
const TREE = needs('cc', 'kernel source');

/** Generated programs to compare; those with more executions than LIMIT do not count. */
const PROGRAMS = 1_000;
const MORE_PROGRAMS = 10_000;
const REAL = 2_000;
const LIMIT = 100;

const port = openNative();
const model = reference();
t.teardown(() => port.close?.());

t.test('a compiler is installed', CC, async (t) => {
	t.equal(port.obstacle, undefined, 'every check below needs one');
});

/** Compares traces and ends of generated programs with the model's. */
function agree(
	t: Test,
	native: Implementation,
	programs: number,
	generated: fc.Arbitrary<Program> = generatedProgram,
) {
	let compared = 0;
	let traces = 0;
	for (let seed = SEED; compared < programs; seed++)
		fc.assert(
			fc.property(generated, (program) => {
				const expected = explored(model, program, LIMIT);
				if (!expected.complete) return;
				const found = explored(native, program, LIMIT);
				if (keys(found.traces.keys()) !== keys(expected.traces.keys())) throw new Error('traces');
				if (keys(found.ends) !== keys(expected.ends)) throw new Error('ends');
				compared++;
				traces += found.traces.size;
			}),
			{ numRuns: 1000, seed },
		);
	t.ok(compared >= programs, `${compared} programs with ${traces} traces`);
}

for (const [programs, needed] of [
	[PROGRAMS, CC],
	[MORE_PROGRAMS, needs('cc', 'time')],
] as const)
	t.test(
		`${programs} generated programs: the port has the traces and the ends of the model`,
		needed,
		async (t) => agree(t, port, programs),
	);

t.test(
	`${PROGRAMS} generated programs with two devices: the port has the traces and the ends of the model`,
	CC,
	async (t) => agree(t, port, PROGRAMS, generatedPair),
);

t.test(`${REAL} generated programs: the real file has the model's traces`, TREE, async (t) => {
	const native = openNative(revisionTree('merged'));
	t.same([...native.calls].sort(), [...model.calls].sort());
	agree(t, native, REAL);
	agree(t, native, REAL, generatedPair);
	await native.close?.();
});

t.test('vectors: the port has the traces and ends of the model', CC, async (t) => {
	t.same([...port.calls].sort(), [...model.calls].sort());
	for (const test of await library()) {
		if (!test.needs.calls.every((call) => port.calls.includes(call))) continue;
		const observed = (implementation: Implementation) =>
			enumerate('source-dpor', runner(implementation, test.program), undefined, test.observations);
		const found = observed(port);
		const expected = observed(model);
		t.equal(keys(found.traces.keys()), keys(expected.traces.keys()), test.id);
		t.equal(keys(found.ends), keys(expected.ends), `${test.id}: ends`);
	}
});

for (const name of revisionNames)
	t.test(`vectors: ${name} as real C has the traces and ends of its model`, TREE, async (t) => {
		const tree = name === 'v6.12-stable' ? debianTree('6.12') : revisionTree(name);
		const native = openNative(tree);
		t.equal(native.obstacle, undefined);
		for (const test of await library()) {
			t.same(await verdictOf(test, native), await verdictOf(test, name), test.id);
			if (test.needs.calls.every((call) => native.calls.includes(call)))
				t.equal(
					keys(explored(native, test.program).ends),
					keys(explored(reference(name), test.program).ends),
					`${test.id}: ends`,
				);
		}
		await native.close?.();
	});

async function verdictOf(test: Case, on: Implementation | string) {
	const { verdict, outcomes, failures, completeness } =
		typeof on === 'string' ? await decideOn(test, on) : await decide(test, on, OPTIONS);
	return {
		verdict,
		outcomes: Object.keys(outcomes).sort(),
		expectations: failures.map(({ expectation }) => expectation).sort(),
		traces: completeness.traces,
	};
}

function explored(implementation: Implementation, program: Program, limit?: number): Found {
	return enumerate('source-dpor', runner(implementation, program), limit);
}

/** Function declarations, because the first test starts before the end of this file is evaluated. */
function runner(implementation: Implementation, program: Program) {
	return (schedule: number[]) =>
		(implementation.execute(program, [schedule]) as ReturnType<Implementation['execute']> & [])[0]!;
}

function keys(set: Iterable<string>): string {
	return [...set].sort().join('\n');
}
