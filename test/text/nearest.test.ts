// SPDX-License-Identifier: MIT
/** Suggestions for misspelt words. */
import t from 'tap';
import { nearest } from '../../runner/text/nearest';

t.test('suggests the word with the fewest changes, at most two', async (t) => {
	const words = ['lint', 'list', 'run', 'removal', 'reference'];
	for (const [word, like] of [
		['lnt', 'lint'],
		['rmoval', 'removal'],
		['refrece', 'reference'],
		['rum', 'run'],
		['deference', 'reference'],
		['xyz', undefined],
		['r', undefined],
	] as const)
		t.equal(nearest(word, words), like, word);
});

t.test('another digit is another version, never a misspelling', async (t) => {
	const releases = ['v6.0', 'v6.8', 'v6.12-stable', 'v7.1', 'series-v1', 'DAXV-0020'];
	for (const word of ['v6.13', 'v6.1', 'v7.2', 'v7.10', 'series-v2', 'DAXV-0021'])
		t.equal(nearest(word, releases), undefined, word);
	for (const [word, like] of [
		['v71', 'v7.1'],
		['v6.12-stabel', 'v6.12-stable'],
		['serie-v1', 'series-v1'],
		['DAXV-OO20', 'DAXV-0020'],
	] as const)
		t.equal(nearest(word, releases), like, word);
});
