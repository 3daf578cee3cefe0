// SPDX-License-Identifier: MIT
import t from 'tap';
import { scheduleText, stepsText } from '../../runner/explore/stops';

t.test('names each stop of a schedule hit, blocked or missed', async (t) => {
	const agents = ['release', 'claim'];
	const text = (at: number, why: 'blocked' | 'ended') =>
		scheduleText([0, 0, 0, 1, 1, 0], { at, agent: 0, why }, agents);
	t.equal(text(4, 'blocked'), 'release 0-2 hit, claim 3-4 blocked at 4, release 5 missed');
	t.equal(text(5, 'ended'), 'release 0-2 hit, claim 3-4 hit, release 5 missed at 5');
	t.equal(text(0, 'blocked'), 'release 0-2 blocked at 0, claim 3-4 missed, release 5 missed');
	const unknown = scheduleText([7], { at: 0, agent: 7, why: 'unknown-agent' }, agents);
	t.equal(unknown, '7 0 missed at 0', 'an unknown agent has no name');
});

t.test('names each step of a named order hit, blocked or missed', async (t) => {
	t.equal(stepsText(['a', 'b', 'a'], 1, 'blocked'), 'a hit, b blocked, a missed');
	t.equal(stepsText(['a', 'b'], 0, 'missed'), 'a missed, b missed');
});
