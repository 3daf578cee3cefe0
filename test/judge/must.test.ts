// SPDX-License-Identifier: MIT
import t from 'tap';
import type { Result } from '../../schema/types/report';
import { decideOn, library, small } from '../cases';
import { needs } from '../needs';

/** The ends of the put/get race; lost needs a preemption and the order of stores of v6.0. */
const RACE = `
holders: {A: {}, B: {}}
device: {alive: true, holder: A, ops: A}
threads:
  release: [{call: fs_put_dax, holder: A}]
  claim: [{call: fs_dax_get_by_bdev, holder: B, ops: B, as: got}]
orders:
  calm: {steps: [{run: release}, {run: claim}]}
outcomes:
  claimed: {device: {holder: B, ops: B}, must: occur}
  busy: {device: {holder: null}, must: occur}
  lost: {device: {holder: B, ops: null}, must: occur}
`;

t.test('passes when an outcome that must occur does occur', async (t) => {
	const { verdict, outcomes, completeness } = await decideOn(small(RACE), 'v6.0');
	t.equal(verdict, 'pass');
	t.strictSame(Object.keys(outcomes).sort(), ['busy', 'claimed', 'lost']);
	const sum = Object.values(outcomes).reduce((total, count) => total + count, 0);
	t.equal(sum, completeness.traces, 'every trace has one outcome');
});

t.test('fails when an outcome that must occur is in no interleaving', async (t) => {
	const test = small(RACE);
	const { verdict, reason, failures, outcomes } = await decideOn(test, 'merged');
	t.equal(verdict, 'fail');
	t.equal(reason, 'no interleaving has the outcome lost');
	t.match(failures, [
		{
			expectation: 'outcomes/lost/must',
			schedule: null,
			token: null,
			preemptions: null,
			lanes: undefined,
		},
	]);
	t.equal(failures[0]!.line, test.source.line(['outcomes', 'lost', 'must']).line);
	t.notOk(outcomes.lost);
});

t.test('is not-run when the outcome may be in an interleaving beyond the bound', async (t) => {
	const calm = await decideOn(small(RACE), 'v6.0', { preemptions: 0 });
	t.equal(calm.verdict, 'not-run');
	t.equal(calm.reason, 'outcome lost did not occur: raise --preemptions');
	t.match(calm.completeness, { kind: 'bounded', preemptions: 0 });
	t.strictSame(calm.failures, []);
	const one = await decideOn(small(RACE), 'v6.0', { preemptions: 1 });
	t.match(one, { verdict: 'pass', completeness: { kind: 'bounded', preemptions: 1 } });
	const none = await decideOn(small(RACE), 'merged', { preemptions: 1 });
	t.equal(none.verdict, 'not-run', 'a bound cannot show that it never occurs');
	const all = await decideOn(small(RACE), 'merged', { preemptions: 99 });
	t.equal(all.verdict, 'fail', 'no interleaving has 99 preemptions');
	const driven = await decideOn(small(RACE), 'merged', { order: 'named' });
	t.match(driven, { verdict: 'pass', outcomes: { claimed: 1 }, completeness: { kind: 'driven' } });
});

t.test('is not-run out of budget, unless an execution failed', async (t) => {
	const { verdict, reason, completeness } = await decideOn(small(RACE), 'v6.0', { budget: 2 });
	t.match(completeness, { kind: 'partial', executions: 2 });
	t.equal(verdict, 'not-run');
	t.equal(reason, 'stopped after 2 executions: raise --budget');
	const strict = small(RACE.replace(/, must: occur/g, '').replace(/ {2}lost:.*\n/, ''));
	const enough = await decideOn(strict, 'v6.0');
	t.equal(enough.verdict, 'fail');
	for (let budget = 1; budget < enough.completeness.executions; budget++) {
		const some = await decideOn(strict, 'v6.0', { budget });
		const expected = some.failures.length > 0 ? 'fail' : 'not-run';
		t.equal(some.verdict, expected, `budget ${budget}`);
	}
});

t.test(
	'reports the witness with the fewest preemptions, and the number of traces that fail',
	async (t) => {
		const strict = small(RACE.replace(/ {2}lost:.*\n/, ''));
		const { failures, completeness } = await decideOn(strict, 'v6.0');
		t.match(failures, [{ preemptions: 1, schedule: [0, 0, 1], traces: 1 }]);
		t.ok(failures[0]!.traces < completeness.traces);
		const busy = RACE.replace(
			'busy: {device: {holder: null}',
			'busy: {device: {holder: null, refs: 7}',
		);
		const { failures: always } = await decideOn(small(busy), 'v6.0');
		t.match(always, [{ expectation: 'outcomes/busy/device/refs', preemptions: 0 }]);
	},
);

for (const [name, needed] of [
	['merged', {}],
	['kill-refuses-holder', {}],
	['v6.0', needs('time')],
	['v3', needs('time')],
] as const)
	t.test(`no interleaving on ${name} with fewer preemptions fails the same`, needed, async (t) => {
		let compared = 0;
		for (const test of await library()) {
			const all = await decideOn(test, name);
			if (all.failures.length === 0) continue;
			// A bounded search goes by the number of preemptions, so its first failure has the fewest.
			const bounded = await decideOn(test, name, { preemptions: 99, timeout: 120_000 });
			const witnesses = ({ failures }: Result) =>
				failures.map(({ expectation, preemptions }) => `${preemptions} ${expectation}`).sort();
			t.strictSame(witnesses(all), witnesses(bounded), test.id);
			compared += all.failures.length;
		}
		t.ok(compared > 40, `${compared} failures`);
	});
