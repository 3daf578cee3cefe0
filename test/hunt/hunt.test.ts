// SPDX-License-Identifier: MIT
/** What a hunt finds from nothing but the list of calls, and what becomes of it. */
import t from 'tap';
import { vectorText } from '../../runner/authoring/try/write';
import { coveredBy } from '../../runner/hunt/covered-by';
import { draft } from '../../runner/hunt/draft';
import { type Hunted, hunt } from '../../runner/hunt/hunt';
import { shapeOf } from '../../runner/hunt/shape';
import { compile } from '../../runner/library/compile';
import { parseVector } from '../../runner/library/load';
import { decideOn, library, OPTIONS, reference } from '../cases';

t.setTimeout(600_000);

/** Programs that a hunt tries: all those of two calls, and of merged those of four. */
const FEW = 154;
const MANY = 1000;

const hunts = new Map<string, Promise<Hunted>>();

function hunted(name: string, programs = FEW, seed = 1): Promise<Hunted> {
	const key = `${name} ${programs} ${seed}`;
	const until = Number.POSITIVE_INFINITY;
	const options = { explore: OPTIONS, programs, seed, until };
	if (!hunts.has(key)) hunts.set(key, hunt(reference(name), options));
	return hunts.get(key)!;
}

/** Bugs of the catalogue: where they live, what is wrong, and the smallest program that shows it. */
const SEEDED: readonly [string, string, string, string][] = [
	['B01', 'v6.12-stable', 'lost-claim: ops', 'alive 1 | claim(2) | fs_put_dax(1)'],
	['B07', 'v3', 'warning: fs_put_dax', 'alive 1 | kill_dax() fs_put_dax(1)'],
	[
		'B11',
		'v6.0',
		'fault: null-dereference',
		'alive 1 | dax_holder_notify_failure() | fs_put_dax(1)',
	],
	['B15', 'merged', 'references: leak', 'alive 1 | claim(2)'],
	['B19', 'merged', 'dead-claim', 'alive NULL | claim(1) | kill_dax()'],
	['B20', 'merged', 'unnoticed-claim', 'alive NULL | claim(1) | kill_dax()'],
	['B05', 'merged', 'lost-claim: ops', 'alive 1 | kill_dax() run_dax() claim(2) fs_put_dax(1)'],
];

for (const [bug, name, key, shape] of SEEDED)
	t.test(`${bug} is found on ${name}, and its draft states it`, async (t) => {
		const { findings, partial } = await hunted(name, bug === 'B05' ? MANY : FEW);
		t.equal(partial, 0);
		const same = findings.filter(
			(each) => each.key === key && shapeOf(each.scenario, true) === shape,
		);
		t.equal(same.length, 1, `${key} in ${shape}, once`);
		const [finding] = same;
		if (!finding) return;

		const vector = await draft(finding, 'DAXV-9999', reference(name), OPTIONS);
		const text = vectorText(vector, '../schema/vector.schema.json', ['a comment']);
		const cases = compile(parseVector('DAXV-9999.yaml', Buffer.from(text)));
		t.equal(cases.length, 1);
		const result = await decideOn(cases[0]!, name);
		t.equal(result.verdict, 'fail', 'its draft fails', { text });
		// What merged mended, the draft of the bug passes there.
		if (name !== 'merged')
			t.equal((await decideOn(cases[0]!)).verdict, 'pass', 'and passes on merged', { text });
	});

t.test('the library states what it was written for', async (t) => {
	const merged = reference();
	const { findings } = await hunted('merged', MANY);
	const ids = async (key: string, shape: string) => {
		const finding = findings.find(
			(each) => each.key === key && shapeOf(each.scenario, true) === shape,
		)!;
		return coveredBy(finding, await library(), merged, OPTIONS);
	};
	t.ok((await ids('references: leak', 'alive 1 | claim(2)')).includes('DAXV-0011'));
	t.ok((await ids('dead-claim', 'alive NULL | claim(1) | kill_dax()')).includes('DAXV-0039'));
	t.ok((await ids('unnoticed-claim', 'alive NULL | claim(1) | kill_dax()')).includes('DAXV-0040'));
	t.ok(
		(
			await ids('lost-claim: ops', 'alive 1 | kill_dax() run_dax() claim(2) fs_put_dax(1)')
		).includes('DAXV-0018'),
	);
});

t.test('the same seed finds the same, and each thing once', async (t) => {
	const names = async (seed: number) => {
		const until = Number.POSITIVE_INFINITY;
		const options = { explore: OPTIONS, programs: FEW, seed, until };
		const { findings } = await hunt(reference('v3'), options);
		return findings.map(({ key, scenario }) => `${key} ${shapeOf(scenario, true)}`);
	};
	const first = await names(7);
	t.same(await names(7), first);
	t.equal(new Set(first).size, first.length);
});

t.test('the time that a hunt has is kept', async (t) => {
	const options = { explore: OPTIONS, programs: 1000, seed: 1, until: Date.now() - 1 };
	const { programs, stages } = await hunt(reference(), options);
	t.equal(programs, 0);
	t.same(stages, []);
});
