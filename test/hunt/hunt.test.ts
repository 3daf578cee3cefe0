// SPDX-License-Identifier: MIT
/** A hunt finds known bugs from nothing but the list of calls, and drafts vectors that state them. */
import t, { type Test } from 'tap';
import { vectorText } from '../../runner/authoring/try/write';
import { coveredBy } from '../../runner/hunt/covered-by';
import { draft } from '../../runner/hunt/draft';
import { type Hunted, hunt } from '../../runner/hunt/hunt';
import { shapeOf } from '../../runner/hunt/shape';
import { compile } from '../../runner/library/compile';
import { parseVector } from '../../runner/library/load';
import { decideOn, library, OPTIONS, reference } from '../cases';
import { needs } from '../needs';

t.setTimeout(600_000);

/** Number of programs that includes all of two calls. */
const PROGRAMS_OF_TWO_CALLS = 154;
/** Number of programs that includes those of four calls on merged that show B05. */
const PROGRAMS_OF_FOUR_CALLS = 1000;

const hunts = new Map<string, Promise<Hunted>>();

function hunted(name: string, programs = PROGRAMS_OF_TWO_CALLS, seed = 1): Promise<Hunted> {
	const key = `${name} ${programs} ${seed}`;
	const until = Number.POSITIVE_INFINITY;
	const options = { explore: OPTIONS, programs, seed, until };
	const known = hunts.get(key) ?? hunt(reference(name), options);
	hunts.set(key, known);
	return known;
}

/** Bug of the catalogue, the revision that has it, its key, and the shape of the smallest program that shows it. */
const SEEDED: readonly [string, string, string, string][] = [
	['B01', 'v6.12-stable', 'lost-claim: ops', 'alive 1 | claim(2) | fs_put_dax(1)'],
	['B07', 'v3', 'warning: fs_put_dax', 'alive 1 | kill_dax() fs_put_dax(1)'],
	[
		'B11',
		'v6.0',
		'fault: null-dereference',
		'alive 1 | dax_holder_notify_failure() | fs_put_dax(1)',
	],
	['B15', 'merged', 'reference-count: leak', 'alive 1 | claim(2)'],
	['B19', 'merged', 'claim-of-dead-device', 'alive NULL | claim(1) | kill_dax()'],
	['B20', 'merged', 'claim-lost-silently', 'alive NULL | claim(1) | kill_dax()'],
	['B05', 'merged', 'lost-claim: ops', 'alive 1 | kill_dax() run_dax() claim(2) fs_put_dax(1)'],
];

for (const [bug, name, key, shape] of SEEDED) {
	const [programs, needed] =
		bug === 'B05' ? [PROGRAMS_OF_FOUR_CALLS, needs('time')] : [PROGRAMS_OF_TWO_CALLS, {}];
	t.test(`finds ${bug} on ${name}, and drafts a vector that fails there`, needed, async (t) => {
		const { findings, partial } = await hunted(name, programs);
		t.equal(partial, 0);
		const same = findings.filter(
			(each) => each.key === key && shapeOf(each.scenario, { sameKind: true }) === shape,
		);
		t.equal(same.length, 1, `${key} in ${shape}, once`);
		const [finding] = same;
		if (!finding) return;

		const vector = await draft(finding, 'DAXV-9999', reference(name), OPTIONS);
		const text = vectorText(vector, '../schema/vector.schema.json', ['a comment']);
		const cases = compile(parseVector('DAXV-9999.yaml', Buffer.from(text)));
		const [test, ...others] = cases;
		t.equal(others.length, 0);
		if (!test) return t.fail('the draft has no case');
		const result = await decideOn(test, name);
		t.equal(result.verdict, 'fail', 'its draft fails', { text });
		// merged fixes the bugs of the other revisions.
		if (name !== 'merged')
			t.equal((await decideOn(test)).verdict, 'pass', 'and passes on merged', { text });
	});
}

/** A vector that covers a finding on merged with that key and shape. */
async function covered(t: Test, programs: number, key: string, shape: string, vector: string) {
	const { findings } = await hunted('merged', programs);
	const finding = findings.find(
		(each) => each.key === key && shapeOf(each.scenario, { sameKind: true }) === shape,
	);
	const ids = finding && (await coveredBy(finding, await library(), reference(), OPTIONS));
	t.ok(ids?.includes(vector), `${vector}: ${key}`);
}

t.test('names the vectors that cover a finding', async (t) => {
	for (const [key, shape, vector] of [
		['reference-count: leak', 'alive 1 | claim(2)', 'DAXV-0011'],
		['claim-of-dead-device', 'alive NULL | claim(1) | kill_dax()', 'DAXV-0039'],
		['claim-lost-silently', 'alive NULL | claim(1) | kill_dax()', 'DAXV-0040'],
	] as const)
		await covered(t, PROGRAMS_OF_TWO_CALLS, key, shape, vector);
});

t.test('names the vector that covers a finding of four calls', needs('time'), async (t) => {
	const shape = 'alive 1 | kill_dax() run_dax() claim(2) fs_put_dax(1)';
	await covered(t, PROGRAMS_OF_FOUR_CALLS, 'lost-claim: ops', shape, 'DAXV-0018');
});

t.test('finds the same for the same seed, each finding once', async (t) => {
	const names = async (seed: number) => {
		const until = Number.POSITIVE_INFINITY;
		const options = { explore: OPTIONS, programs: PROGRAMS_OF_TWO_CALLS, seed, until };
		const { findings } = await hunt(reference('v3'), options);
		return findings.map(({ key, scenario }) => `${key} ${shapeOf(scenario, { sameKind: true })}`);
	};
	const first = await names(7);
	t.same(await names(7), first);
	t.equal(new Set(first).size, first.length);
});

t.test('starts no program after its time', async (t) => {
	const options = { explore: OPTIONS, programs: 1000, seed: 1, until: Date.now() - 1 };
	const { programs, stages } = await hunt(reference(), options);
	t.equal(programs, 0);
	t.same(stages, []);
});
