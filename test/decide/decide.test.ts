// SPDX-License-Identifier: MIT
/** Verdicts on implementations that break their contract with the runner, and on a slow one. */
import t from 'tap';
import { decide } from '../../runner/decide/decide';
import { badImplementations } from '../bad-implementations';
import { answering, good } from '../bad-implementations/bad';
import { caseOf, decideOn, OPTIONS } from '../cases';

/** Vectors with a race, a sequence, a callback with arguments, a callback in a race, a rule about a span of time. */
const IDS = ['DAXV-0001/fs_dax_get', 'DAXV-0020', 'DAXV-0030', 'DAXV-0045', 'DAXV-0056'];

for (const bad of badImplementations)
	t.test(`an implementation that ${bad.about}: ${bad.verdict}`, async (t) => {
		let seen = 0;
		for (const id of IDS) {
			const test = await caseOf(id);
			if (bad.where && !bad.where(test)) continue;
			seen++;
			const options = { ...OPTIONS, timeout: bad.timeout ?? OPTIONS.timeout };
			const result = await decide(test, bad.open(), options);
			t.equal(result.verdict, bad.verdict, `${id}: ${result.reason}`);
			t.match(result.reason, bad.reason, id);
			t.equal(result.failures.length > 0, bad.verdict === 'fail', `failures of ${id}`);

			const next = await decideOn(test);
			t.equal(next.verdict, 'pass', `${id} on the reference, afterwards`);
		}
		t.ok(seen > 0, 'a vector applies');
	});

t.test('a slow implementation that follows the contract passes', async (t) => {
	const patient = answering(async (program, schedules) => {
		await new Promise(setImmediate);
		return good.execute(program, schedules);
	});
	for (const id of IDS) {
		const test = await caseOf(id);
		const { verdict, completeness, outcomes } = await decide(test, patient, OPTIONS);
		const expected = await decideOn(test);
		t.strictSame(
			{ verdict, completeness, outcomes },
			{
				verdict: 'pass',
				completeness: expected.completeness,
				outcomes: expected.outcomes,
			},
		);
	}
});
