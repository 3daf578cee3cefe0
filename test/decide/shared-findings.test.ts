// SPDX-License-Identifier: MIT
/** Sharing findings between targets of the reference changes no result. */
import t, { type Test } from 'tap';
import type { Implementation } from '../../implementations/implementation';
import { mutantNames, revisionNames } from '../../implementations/reference';
import { decide } from '../../runner/decide/decide';
import { defaults } from '../../runner/decide/defaults';
import { SharedFindings } from '../../runner/decide/shared-findings';
import { open } from '../../runner/registry';
import { caseOf, library, reference } from '../cases';
import { needs } from '../needs';

const resultOf = async (...args: Parameters<typeof decide>): Promise<string> =>
	JSON.stringify({ ...(await decide(...args)), milliseconds: 0 });

/** Decides every case on every target with and without sharing; gives the numbers of explorations and of saved ones. */
async function compare(t: Test, targets: readonly Implementation[], options = defaults) {
	const shared = new SharedFindings();
	let explorations = 0;
	for (const test of await library())
		for (const target of targets) {
			const alone = await resultOf(test, target, options);
			const sharing = await resultOf(test, target, { ...options, shared });
			if (alone !== sharing) t.equal(sharing, alone, `${test.id} on ${target.address}`);
			if (!/"verdict":"skip"/.test(alone)) explorations++;
		}
	return { explorations, saved: shared.saved };
}

t.test('revisions that share findings have the results of those that do not', async (t) => {
	const { explorations, saved } = await compare(t, open('reference:*'));
	t.comment(`${saved} of ${explorations} explorations saved`);
	t.ok(saved >= explorations / 2, 'half of them');
});

t.test('so they have under memory models', needs('time'), async (t) => {
	const { saved } = await compare(t, open('reference:*'), { ...defaults, memory: 'lkmm' });
	t.comment(`${saved} explorations saved`);
	t.ok(saved > 100);
});

t.test('so have seeded bugs', needs('time'), async (t) => {
	const { explorations, saved } = await compare(
		t,
		[...revisionNames, ...mutantNames()].map(reference),
	);
	t.comment(`${saved} of ${explorations} explorations saved`);
	t.ok(saved >= explorations * 0.6, 'three fifths of them');
});

t.test('findings are shared only where all code that a case reached is the same', async (t) => {
	const test = await caseOf('DAXV-0001/fs_dax_get_by_bdev');
	const shared = new SharedFindings();
	const options = { ...defaults, shared };
	const put = (await decide(test, reference('v6.12-stable'), options)).verdict;
	t.equal(put, 'fail');
	t.equal((await decide(test, reference('v7.3'), options)).verdict, 'pass', 'another fs_put_dax()');
	t.equal(shared.saved, 0);
	const again = await decide(test, reference('v6.8'), options);
	t.equal(shared.saved, 1, 'kill_dax() is not reached');
	t.match(again.failures[0]?.token, /@v6\.8$/, 'the token names the target');
});

t.test('findings under one memory model are not those under another', async (t) => {
	const test = await caseOf('DAXV-0060/fs_dax_get');
	const target = reference('put-relaxed-release');
	const options = { ...defaults, shared: new SharedFindings() };
	const sc = await decide(test, target, options);
	const lkmm = await decide(test, target, { ...options, memory: 'lkmm' });
	t.not(lkmm.verdict, sc.verdict, 'the bug needs weak memory');
	t.equal(options.shared.saved, 0);
});

t.test('a search that the budget ended is not shared', async (t) => {
	const test = await caseOf('DAXV-0002');
	const shared = new SharedFindings();
	const options = { ...defaults, budget: 3, shared };
	for (const name of ['v6.8', 'v6.12-stable']) await decide(test, reference(name), options);
	t.equal(shared.saved, 0);
});

t.test('trees, guests and adapters never share', async (t) => {
	for (const address of [
		'native',
		'native:/nope',
		'kernel:/nope',
		'ssh://root@nowhere',
		'exec:nope',
	])
		for (const each of open(address)) t.equal(each.sharing, undefined, address);
});
