// SPDX-License-Identifier: MIT
/** The kill matrix needs no witnesses and no second kill: it ends each search at the first, and shows the same. */
import t, { type Test } from 'tap';
import { type Kill, killMatrix, nameOf } from '../../runner/commands/matrix-kills';
import { decide } from '../../runner/decide/decide';
import { defaults } from '../../runner/decide/defaults';
import { SharedFindings } from '../../runner/decide/shared-findings';
import { openMatrix } from '../../runner/registry';
import { caseOf, library, reference } from '../cases';
import { needs } from '../needs';

const implementations = openMatrix();
const { revisions, mutants } = implementations;

/** Kills of each implementation, as printed, on the cases whose id matches. */
async function kills(wanted: 'all' | 'first', ids: RegExp) {
	const cases = (await library()).filter(({ id }) => ids.test(id));
	const found = await killMatrix(cases, implementations, () => {}, wanted);
	const names = (list: readonly Kill[]) => [...new Set(list.map(nameOf))].join(' ');
	return {
		broken: found.broken,
		kills: [...revisions, ...mutants].map((each) => `${each.target}: ${names(found.of(each))}`),
		failures: [...revisions, ...mutants]
			.flatMap(found.of)
			.reduce((count, each) => count + each.failures.length, 0),
	};
}

async function compare(t: Test, ids: RegExp): Promise<void> {
	const all = await kills('all', ids);
	const first = await kills('first', ids);
	t.same(first.kills, all.kills);
	t.same(first.broken, []);
	t.ok(first.failures < all.failures, 'later failures are not searched for');
}

t.test('a search that ends at the first kill finds the same killing vectors', (t) =>
	compare(t, /^DAXV-00(0|26|75)/),
);

t.test('so it does on all vectors', needs('time'), (t) => compare(t, /./));

t.test('a search ends at the first failure that suffices, without a witness', async (t) => {
	const test = await caseOf('DAXV-0056');
	const target = reference('v6.12-stable');
	const all = await decide(test, target, { ...defaults, suffices: () => false });
	const first = await decide(test, target, { ...defaults, suffices: () => true });
	t.equal(first.verdict, 'fail');
	t.ok(first.completeness.executions < all.completeness.executions);
	t.equal(first.completeness.kind, 'partial');
	t.match(first.failures[0], { schedule: null, token: null, lanes: undefined });
	const complete = await decide(test, target, defaults);
	t.same(
		all.failures.map(({ expectation, traces }) => [expectation, traces]),
		complete.failures.map(({ expectation, traces }) => [expectation, traces]),
		'all failures are found when none suffices',
	);
});

t.test('a search that ended early is shared where its failure suffices only', async (t) => {
	const test = await caseOf('DAXV-0056');
	const shared = new SharedFindings();
	const on = (suffices: () => boolean) =>
		decide(test, reference('v6.12-stable'), { ...defaults, shared, suffices });
	await on(() => true);
	const all = await on(() => false);
	t.equal(shared.saved, 0);
	t.equal(all.completeness.kind, 'exhaustive');
	await on(() => true);
	t.equal(shared.saved, 1);
});
