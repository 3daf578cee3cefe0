// SPDX-License-Identifier: MIT
/** The table of blame has the vectors that fail somewhere in the range. */
import { createColors } from 'picocolors';
import t from 'tap';
import type { Blamed, Turn } from '../../runner/review/blame';
import { blameTable } from '../../runner/review/blame-text';
import type { State } from '../../runner/review/transitions';

const turn = (from: State, to: State): Turn => ({
	...{ from, to, merge: undefined, hidden: [] },
	commit: { hash: to.padEnd(40, '0'), parents: [], subject: 'dax: a call' },
});

const blamed = (vector: string, start: State, ...turns: Turn[]): Blamed => ({
	...{ vector, start, end: turns.at(-1)?.to ?? start, turns },
	obstacles: new Map(),
});

t.test('a vector that begins to apply, and passes, has no row', (t) => {
	const vectors = [
		blamed('DAXV-0010', 'none', turn('none', 'pass')),
		blamed('DAXV-0011', 'fail'),
		blamed('DAXV-0012', 'pass'),
		blamed('DAXV-0090', 'none', turn('none', 'fail'), turn('fail', 'pass')),
	];
	const lines = [
		...blameTable({ commits: 2, states: 2, judged: 2, vectors }, [], createColors(false)),
	];
	t.same(
		lines.filter((line) => line.startsWith('DAXV-')).map((line) => line.trimEnd()),
		['DAXV-0011  before', 'DAXV-0090  fail00000000   pass00000000'],
	);
	t.end();
});
