// SPDX-License-Identifier: MIT
/** hit, blocked or missed: each stop of an order that was not realised. */
import t from 'tap';
import { stepsOf, stopsOf } from '../../runner/explore/stops';

t.test('of a schedule', async (t) => {
	const agents = ['release', 'claim'];
	const of = (at: number, why: 'blocked' | 'ended') =>
		stopsOf([0, 0, 0, 1, 1, 0], { at, agent: 0, why }, agents);
	t.equal(of(4, 'blocked'), 'release 0-2 hit, claim 3-4 blocked at 4, release 5 missed');
	t.equal(of(5, 'ended'), 'release 0-2 hit, claim 3-4 hit, release 5 missed at 5');
	t.equal(of(0, 'blocked'), 'release 0-2 blocked at 0, claim 3-4 missed, release 5 missed');
	t.equal(stopsOf([7], { at: 0, agent: 7, why: 'unknown-agent' }, agents), '7 0 missed at 0');
});

t.test('of a named order', async (t) => {
	t.equal(stepsOf(['a', 'b', 'a'], 1, 'blocked'), 'a hit, b blocked, a missed');
	t.equal(stepsOf(['a', 'b'], 0, 'missed'), 'a missed, b missed');
});
