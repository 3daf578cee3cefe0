// SPDX-License-Identifier: MIT
/** Exit codes of runs by their verdicts. */

import t from 'tap';
import { exitCode } from '../../runner/run/exit-code';
import type { Verdict } from '../../schema/types/report';
import fc from '../fast-check';
import { result, VERDICTS } from '../records';

const scored = (...verdicts: Verdict[]) => verdicts.map((verdict) => result({ verdict }));
const open = (...verdicts: Verdict[]) =>
	verdicts.map((verdict) => result({ verdict, scored: false }));

t.test('one scored verdict decides the exit code', async (t) => {
	const expected: Record<Verdict, number> = {
		pass: 0,
		xfail: 0,
		skip: 125,
		'not-run': 125,
		fail: 1,
		xpass: 1,
		timeout: 1,
		crash: 1,
		error: 128,
	};
	for (const verdict of VERDICTS)
		t.equal(exitCode(scored(verdict), []), expected[verdict], verdict);
});

t.test('a run without a tested vector exits with 125', async (t) => {
	t.equal(exitCode([], []), 125, 'no result');
	t.equal(exitCode(scored('skip', 'skip'), []), 125, 'all skip');
	t.equal(exitCode(scored('pass', 'skip'), []), 0, 'some skip');
	t.equal(exitCode(scored('xfail', 'skip'), []), 0, 'a known failure counts as tested');
	t.equal(exitCode(scored('pass', 'not-run'), []), 125, 'one not-run');
	t.equal(exitCode(open('pass'), []), 125, 'only open vectors');
	t.equal(
		exitCode([...open('pass'), ...scored('skip')], []),
		125,
		'open vectors, and scored ones that all skip',
	);
});

t.test('the worst verdict decides the exit code', async (t) => {
	for (const bad of ['fail', 'xpass', 'timeout', 'crash'] as const) {
		t.equal(exitCode(scored('not-run', bad, 'pass'), []), 1, `${bad} beats not-run`);
		t.equal(exitCode(scored('error', bad), []), 1, `${bad} beats error`);
		t.equal(exitCode(scored('skip', bad), []), 1, `${bad} beats skip`);
	}
	t.equal(exitCode(scored('pass', 'error', 'not-run'), []), 128, 'error beats not-run');
});

t.test('gives 1 for a stale known-failures list', async (t) => {
	for (const verdict of VERDICTS)
		t.equal(exitCode(scored(verdict), ['stale']), 1, `stale, and ${verdict}`);
	t.equal(exitCode([], ['stale']), 1, 'stale, and no result');
});

t.test('open vectors do not change the exit code, except with the verdict error', async (t) => {
	for (const verdict of VERDICTS.filter((each) => each !== 'error')) {
		t.equal(exitCode([...scored('pass'), ...open(verdict)], []), 0, `${verdict} beside pass`);
		t.equal(exitCode([...scored('fail'), ...open(verdict)], []), 1, `${verdict} beside fail`);
		t.equal(exitCode(open(verdict), []), 125, `${verdict} alone`);
	}
	// A broken contract is a defect of the implementation, also if an open vector shows it.
	t.equal(exitCode([...scored('pass'), ...open('error')], []), 128, 'an error counts');
});

t.test('ignores the order of results, and gives 0 only with a green scored result', async (t) => {
	const some = fc.array(fc.record({ verdict: fc.constantFrom(...VERDICTS), scored: fc.boolean() }));
	fc.assert(
		fc.property(some, (given) => {
			const results = given.map(result);
			const code = exitCode(results, []);
			if (exitCode([...results].reverse(), []) !== code) return false;
			const counted = given.filter((each) => each.scored).map(({ verdict }) => verdict);
			const green = counted.every((verdict) => ['pass', 'xfail', 'skip'].includes(verdict));
			return code !== 0 || (green && counted.some((verdict) => verdict !== 'skip'));
		}),
		{ numRuns: 500 },
	);
	t.pass('500 reports');
});
