// SPDX-License-Identifier: MIT
/** run --memory: verdicts under memory models, and remarks about delayed stores. */
import t from 'tap';
import { decide } from '../../runner/decide/decide';
import { caseOf, decideOn, library, OPTIONS, reference, small } from '../cases';
import { tool } from '../tool';

/** Mutants that pass every vector under sequential consistency, each with a case that fails it under the LKMM. */
const WEAK_MUTANTS = {
	'put-relaxed-release': 'DAXV-0060/fs_dax_get',
	'put-acquire-release': 'DAXV-0060/fs_dax_get',
	'put-failed-barrier': 'DAXV-0060/fs_dax_get',
	'get-relaxed-claim': 'DAXV-0060/fs_dax_get',
	'bdev-relaxed-claim': 'DAXV-0060/fs_dax_get_by_bdev',
};

for (const [name, id] of Object.entries(WEAK_MUTANTS))
	t.test(`${name} passes under sc and tso and fails under lkmm`, async (t) => {
		const test = await caseOf(id);
		t.match(await decideOn(test, name), { verdict: 'pass' });
		t.match(await decideOn(test, name, { memory: 'tso' }), { verdict: 'pass' });
		t.match(await decideOn(test, name, { memory: 'lkmm' }), {
			verdict: 'fail',
			scored: true,
			failures: [{ expectation: 'outcomes/claimed/device/ops', token: null, schedule: null }],
		});
		const merged = new Map<string, string>();
		for (const each of await library()) {
			merged.set(each.id, (await decideOn(each)).verdict);
			t.equal((await decideOn(each, name)).verdict, merged.get(each.id), `${each.id} under sc`);
		}
	});

t.test(
	'DAXV-0061 passes under sc and tso and fails under lkmm, which delays a store of kill_dax()',
	async (t) => {
		const test = await caseOf('DAXV-0061');
		for (const memory of ['sc', 'tso'] as const)
			t.match(await decideOn(test, 'merged', { memory }), { verdict: 'pass', scored: false });
		t.match(await decideOn(test, 'merged', { memory: 'lkmm' }), { verdict: 'fail', scored: false });
	},
);

t.test('prints the delayed store, the access that it is delayed past, and the CPU', async (t) => {
	const weak = ['run', 'DAXV-0060/fs_dax_get', '-i', 'reference:put-relaxed-release'];
	const { code, out } = await tool([...weak, '--memory', 'lkmm']);
	t.equal(code, 1);
	t.match(out, 'ops is null at the end, expected B, under lkmm');
	t.match(out, /\(holder_ops = NULL waits\)\n {2}holder_data A -> NULL/);
	t.match(out, /holder_ops B -> NULL\n.*\^\^\^ delayed/);
	t.match(
		out,
		'*** on the CPU of release: the store to holder_ops is delayed past the update of holder_data',
	);
	t.match(out, 'in 1 of 3 behaviours');
	t.match(await tool(weak), { code: 0 });
});

t.test('skips, with a reason, a case that the memory model cannot judge', async (t) => {
	const reason = async (id: string, memory: 'tso' | 'lkmm' = 'lkmm') => {
		const { verdict, reason } = await decideOn(await caseOf(id), 'merged', { memory });
		t.equal(verdict, 'skip');
		return reason;
	};
	t.match(await reason('DAXV-0002'), /rule is-told speaks of a moment/);
	t.match(await reason('DAXV-0051'), /the device is freed/);
	t.match(await reason('DAXV-0058', 'tso'), /tso says nothing about data races/);
	const { isolate: _, ...only } = reference();
	t.match(await decide(await caseOf('DAXV-0060/fs_dax_get'), only, { ...OPTIONS, memory: 'tso' }), {
		verdict: 'skip',
		reason: 'it runs under sequential consistency only',
	});
});

t.test('reports the data races of the LKMM', async (t) => {
	const test = await caseOf('DAXV-0059/fs_dax_get');
	t.match(await decideOn(test, 'merged', { memory: 'lkmm' }), {
		verdict: 'fail',
		races: [{ object: 'holder_ops', first: { function: 'fs_dax_get', marked: false } }],
	});
});

t.test('neither a failed cmpxchg() nor loads order other accesses', async (t) => {
	const test = small(`
holders: {A: {}, B: {}}
device: {alive: true, holder: A, ops: A}
threads:
  one: [{call: dax_holder, as: first}, {call: dax_holder, as: second}]
  two: [{call: fs_put_dax, holder: A}]
outcomes:
  any: {results: {first: A}}
  late: {results: {first: null, second: null}}
`);
	t.match(await decideOn(test, 'merged', { memory: 'lkmm' }), { verdict: 'pass' });
});

t.test('rejects an unknown model and --order with --memory with exit code 129', async (t) => {
	const run = (...words: string[]) => tool(['run', 'DAXV-0060', ...words]);
	t.match(await run('--memory', 'alpha'), { code: 129, err: /--memory takes sc, tso, lkmm/ });
	t.match(await run('--memory', 'lkmm', '--order', 'named'), {
		code: 129,
		err: /explores no interleavings: leave --order out/,
	});
	t.match(await run('--memory', 'lkmm', '--reporter', 'json'), { code: 0, out: /"memory":"lkmm"/ });
});
