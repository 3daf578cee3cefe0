// SPDX-License-Identifier: MIT
import t from 'tap';
import type { Execution } from '../../implementations/implementation';
import { mutantNames, revisionNames } from '../../implementations/reference';
import { decide } from '../../runner/decide/decide';
import { fromToken } from '../../runner/decide/replay-token';
import { judgeTrace, traceOf } from '../../runner/judge/judge-trace';
import { caseOf, decideOn, library, OPTIONS, reference, small } from '../cases';

const BODY = `
holders: {A: {}}
device: {alive: true, holder: A, ops: A}
threads:
  release: [{call: fs_put_dax, holder: A}]
  failure: [{call: dax_holder_notify_failure, as: rc}]
orders:
  released: {steps: [{run: release}, {run: failure}]}
outcomes: {any: {device: {alive: true}}}
`;
const NOTED = small(BODY);
const FORBIDDEN = small(`${BODY}races: none\n`);

t.test('notes a data race, which fails a vector with races: none', async (t) => {
	const noted = await decideOn(NOTED, 'v6.12-stable');
	t.match(noted, { verdict: 'pass', failures: [], races: [{ object: 'holder_ops' }] });
	const message =
		'data race on holder_ops, expected none: ' +
		'fs_put_dax() writes plainly, dax_holder_notify_failure() reads marked';
	const { verdict, failures, races, outcomes } = await decideOn(FORBIDDEN, 'v6.12-stable');
	t.equal(verdict, 'fail');
	t.strictSame(races, noted.races, 'the race is noted in both');
	t.strictSame(outcomes, noted.outcomes, 'the outcomes are the same');
	t.equal(failures.length, 1);
	t.match(failures, [{ expectation: 'races', message, traces: 2 }]);
	t.equal(FORBIDDEN.source.line(['races']).text.trim(), 'races: none', 'the key itself');
	t.equal(failures[0]!.line, FORBIDDEN.source.line(['races']).line);
	t.match(await decideOn(FORBIDDEN), { verdict: 'pass', races: [] }, 'merged');
});

t.test('finds each of the two plain accesses that a mutant has', async (t) => {
	const vector = await caseOf('DAXV-0058');
	for (const mutant of ['put-plain-clear', 'notify-plain-read'])
		t.match((await decideOn(vector, mutant)).failures, [{ expectation: 'races' }], mutant);
});

t.test('has a witness with both accesses adjacent, which replays', async (t) => {
	let failed = 0;
	for (const name of [...revisionNames, ...mutantNames()])
		for (const test of (await library()).filter(({ vector }) => vector.races)) {
			const { failures } = await decideOn(test, name);
			const failure = failures.find(({ expectation }) => expectation === 'races');
			if (!failure) continue;
			failed++;
			const { schedule } = fromToken(failure.token!);
			t.strictSame(schedule, failure.schedule);
			const [execution] = (await reference(name).execute(test.program, [schedule])) as Execution[];
			const { races, violations } = judgeTrace(test, traceOf(test, execution!));
			t.ok(violations.some(({ message }) => message === failure.message));
			const [before, after] = races[0]!.events;
			t.equal(after, before + 1, `${test.id} on ${name}`);
		}
	t.ok(failed > 20, `${failed} failures`);
});

t.test('finds the race in one order, within a bound, and without', async (t) => {
	const name = 'v6.12-stable';
	const seen = { verdict: 'fail', failures: [{ expectation: 'races' }] };
	t.match(await decideOn(FORBIDDEN, name, { order: 'named' }), seen, 'one order');
	t.match(await decideOn(FORBIDDEN, 'merged', { order: 'named' }), { verdict: 'pass' });
	for (const preemptions of [null, 99, 0])
		t.match(await decideOn(FORBIDDEN, name, { preemptions }), seen, `${preemptions} preemptions`);
});

t.test('is not-run on an implementation that does not see every field', async (t) => {
	const blind = { ...reference(), fields: ['holder_data', 'holder_ops', 'flags'] as const };
	const { verdict, reason } = await decide(FORBIDDEN, blind, OPTIONS);
	t.equal(verdict, 'not-run');
	t.match(reason, /^accesses of i_count cannot be seen here$/);
	t.equal((await decide(NOTED, blind, OPTIONS)).verdict, 'pass', 'a vector without races: none');
});
