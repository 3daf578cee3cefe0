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

t.test('a data race is a note, and a failure only where the vector says none', async (t) => {
	const noted = await decideOn(NOTED, 'v6.12-stable');
	t.match(noted, { verdict: 'pass', failures: [], races: [{ object: 'holder_ops' }] });
	const message =
		'data race on holder_ops, expected none: ' +
		'fs_put_dax() writes plainly, dax_holder_notify_failure() reads marked';
	const { verdict, failures, races, outcomes } = await decideOn(FORBIDDEN, 'v6.12-stable');
	t.equal(verdict, 'fail');
	t.strictSame(races, noted.races, 'it is noted all the same');
	t.strictSame(outcomes, noted.outcomes, 'and the outcomes are what they are');
	t.equal(failures.length, 1);
	t.match(failures, [{ expectation: 'races', message, traces: 2 }]);
	t.equal(FORBIDDEN.source.line(['races']).text.trim(), 'races: none', 'the key itself');
	t.equal(failures[0]!.line, FORBIDDEN.source.line(['races']).line);
	t.match(await decideOn(FORBIDDEN), { verdict: 'pass', races: [] }, 'merged');
});

t.test('the two halves of it, each seeded', async (t) => {
	const vector = await caseOf('DAXV-0058');
	for (const mutant of ['put-plain-clear', 'notify-plain-read'])
		t.match((await decideOn(vector, mutant)).failures, [{ expectation: 'races' }], mutant);
});

t.test('its story shows both accesses side by side, and replays', async (t) => {
	let told = 0;
	for (const name of [...revisionNames, ...mutantNames])
		for (const test of (await library()).filter(({ vector }) => vector.races)) {
			const { failures } = await decideOn(test, name);
			const failure = failures.find(({ expectation }) => expectation === 'races');
			if (!failure) continue;
			told++;
			const { schedule } = fromToken(failure.token!);
			t.strictSame(schedule, failure.schedule);
			const [execution] = (await reference(name).execute(test.program, [schedule])) as Execution[];
			const { races, violations } = judgeTrace(test, traceOf(test, execution!));
			t.ok(violations.some(({ message }) => message === failure.message));
			const [before, after] = races[0]!.events;
			t.equal(after, before + 1, `${test.id} on ${name}`);
		}
	t.ok(told > 20, `${told} told`);
});

t.test('whatever is explored of it', async (t) => {
	const name = 'v6.12-stable';
	const seen = { verdict: 'fail', failures: [{ expectation: 'races' }] };
	t.match(await decideOn(FORBIDDEN, name, { order: 'named' }), seen, 'one order');
	t.match(await decideOn(FORBIDDEN, 'merged', { order: 'named' }), { verdict: 'pass' });
	for (const strategy of ['sleep-sets', 'naive', 'bounded'] as const)
		t.match(await decideOn(FORBIDDEN, name, { strategy }), seen, strategy);
	const none = { strategy: 'bounded', preemptions: 0 } as const;
	t.match(await decideOn(FORBIDDEN, name, none), seen, 'no preemption');
});

t.test('who does not see every field cannot say that there is no race', async (t) => {
	const blind = { ...reference(), fields: ['holder_data', 'holder_ops', 'flags'] as const };
	const { verdict, reason } = await decide(FORBIDDEN, blind, OPTIONS);
	t.equal(verdict, 'not-run');
	t.match(reason, /^accesses of i_count cannot be seen here$/);
	t.equal((await decide(NOTED, blind, OPTIONS)).verdict, 'pass', 'where it does not matter');
});
