// SPDX-License-Identifier: MIT
/** Cells and column names of tables of verdicts. */
import t from 'tap';
import { cell, label } from '../../runner/report/cell';
import type { Result } from '../../schema/types/report';
import { result } from '../records';

const said = (...verdicts: Result['verdict'][]) =>
	cell(verdicts.map((verdict) => result({ verdict })));

t.test('a cell shows the worst of its variants', async (t) => {
	t.equal(said(), '-');
	t.equal(said('skip'), '-');
	t.equal(said('skip', 'pass'), '.');
	t.equal(said('pass', 'xfail'), 'fail');
	t.equal(said('xfail', 'not-run'), '?');
	t.equal(said('not-run', 'fail', 'pass'), 'FAIL', 'a variant that was not run hides no failure');
	t.equal(said('timeout', 'crash'), 'CRASH');
	t.equal(said('pass', 'xpass'), 'XPASS');
	t.equal(cell([result({ scored: false })]), '(.)');
	t.equal(cell([result({ scored: false, verdict: 'fail' }), result({ scored: false })]), '(fail)');
});

t.test('a column has the name of the revision or the last part of the path', async (t) => {
	const of = (address: string, target = 'v7.3') => label({ address, target, description: '' });
	t.equal(of('reference'), 'v7.3');
	t.equal(of('reference:series-v3', 'series-v3'), 'series-v3');
	t.equal(of('native'), 'native');
	t.equal(of('native:/src/linux-6.12/'), 'linux-6.12');
});
