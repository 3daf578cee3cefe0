// SPDX-License-Identifier: MIT
import t, { type Test } from 'tap';
import { faultsOf } from '../../runner/judge/faults';
import { parseVector } from '../../runner/library/load';
import type { Event } from '../../schema/types/execution';
import { caseOf, decideOn, small } from '../cases';

const DEVICE = 'device: {alive: true, holder: A, ops: A}\n';
const NOTIFY = `holders: {A: {}, B: {}}\n${DEVICE}threads:
  failure: [{call: dax_holder_notify_failure, as: rc}]
`;

/** The failures of a body on a revision or mutant, each with its expectation. */
async function messages(body: string, name = 'merged'): Promise<string[]> {
	const { verdict, reason, failures } = await decideOn(small(body), name);
	if (verdict !== (failures.length > 0 ? 'fail' : 'pass')) return [`${verdict}: ${reason}`];
	return failures.map(({ expectation, message }) => `${expectation}: ${message}`);
}

/** Requires one message, of a pattern. */
function only(t: Test, seen: readonly string[], pattern: RegExp): void {
	t.equal(seen.length, 1);
	t.match(seen[0], pattern);
}

t.test('reports a double fetch, unless the outcome expects it', async (t) => {
	const change = `${NOTIFY}
  change: [{call: fs_put_dax, holder: A}, {call: fs_dax_get_by_bdev, holder: B, ops: B}]
orders:
  torn: {steps: [{run: failure, until: {after: holder_ops}}, {run: change}, {run: failure}]}
outcomes:
  any: {device: {alive: true}}
`;
	const named = { order: 'named' } as const;
	t.match(await decideOn(small(change), 'merged', named), { verdict: /^pass$/ }, 'one read');
	const { failures } = await decideOn(small(change), 'v4', named);
	const where = 'dax_holder_notify_failure() of failure saw holder_ops as A, then as B';
	t.equal(failures.length, 1);
	t.match(failures, [
		{ expectation: 'outcomes/faults/double-fetch', message: `double-fetch: ${where}` },
	]);

	const expected = small(`${change}  torn: {faults: [double-fetch]}\n`);
	t.match(await decideOn(expected, 'v4', named), { verdict: 'pass', outcomes: { torn: 1 } });
	const all = await decideOn(expected, 'v4');
	t.match(
		all.failures,
		[{ message: /^null-dereference: / }],
		'the crash of another trace is not expected',
	);
});

t.test('reports no double fetch for two calls that read a field once each', async (t) => {
	const twice = `
holders: {A: {notify_failure: {calls: [{call: dax_holder, as: seen}]}}, B: {}}
${DEVICE}threads:
  failure: [{call: dax_holder_notify_failure}, {call: dax_holder_notify_failure}]
  change: [{call: fs_put_dax, holder: A}, {call: fs_dax_get, holder: B, ops: A}]
outcomes: {any: {device: {alive: true}}}
`;
	t.strictSame(await messages(twice), [], 'one callback, twice');
	const plain = `holders: {A: {}}\n${DEVICE}threads:
  asks: [{call: dax_holder}, {call: dax_holder}]
  release: [{call: fs_put_dax, holder: A}]
outcomes: {any: {device: {alive: true}}}
`;
	t.strictSame(await messages(plain), []);
});

t.test('reports a deadlock with its waits, unless the outcome expects it', async (t) => {
	const removal = `${NOTIFY}
  removal: [{call: kill_dax}]
outcomes:
  done: {results: {rc: [ok, -ENXIO, -EOPNOTSUPP]}, device: {alive: false}}
`;
	t.strictSame(await messages(removal), []);
	const stuck = ['outcomes/faults/deadlock: deadlock: removal waits in sync-end of dax_srcu'];
	t.strictSame(await messages(removal, 'notify-forgotten-unlock'), stuck);
	const expected = `${removal}  stuck: {faults: [deadlock], must: occur}\n`;
	t.strictSame(await messages(expected, 'notify-forgotten-unlock'), [], 'where it is expected');
	only(t, await messages(expected), /no interleaving has the outcome stuck/);
	const always = removal.replace(
		'device: {alive: false}',
		'device: {alive: false}, faults: [deadlock]',
	);
	only(t, await messages(always), /^outcomes\/done\/faults: no deadlock, but one is expected$/);
});

t.test('reports a crash, which no outcome can expect', async (t) => {
	const release = `${NOTIFY}
  release: [{call: fs_put_dax, holder: A}]
outcomes:
  any: {device: {alive: true}}
`;
	t.strictSame(await messages(release), []);
	const crashed = await messages(release, 'v4');
	only(
		t,
		crashed,
		/^outcomes\/faults\/null-dereference: null-dereference: dax_holder_notify_failure\(\) of failure$/,
	);
	for (const fault of ['null-dereference', 'null-call', 'use-after-free', 'bug']) {
		const forgiving = `${release}  crashed: {faults: [${fault}]}\n`;
		const text = forgiving.replace(/^/, 'format: 1\nid: DAXV-9999\n');
		t.throws(() => small(forgiving), /E_VALUE/, `${fault} cannot be expected`);
		t.throws(() => parseVector('DAXV-9999.yaml', Buffer.from(text)));
	}
});

t.test('reports a use after free', async (t) => {
	const drops = `
holders: {}
device: {alive: false, holder: null, ops: null}
threads: {driver: [{call: put_dax}, {call: dax_holder}]}
outcomes: {any: {device: {alive: false}}}
`;
	only(
		t,
		await messages(drops),
		/^outcomes\/faults\/use-after-free: use-after-free: dax_holder\(\) of driver$/,
	);
	t.strictSame(await messages(drops.replace(', {call: dax_holder}', '')), []);
});

t.test('reports an endless recursion as livelock, unless the outcome expects it', async (t) => {
	const loop = `
holders: {A: {notify_failure: {calls: [{call: dax_holder_notify_failure}]}}}
${DEVICE}threads: {failure: [{call: dax_holder_notify_failure}]}
outcomes: {any: {device: {alive: true}}}
`;
	only(t, await messages(loop), /^outcomes\/faults\/livelock: livelock: /);
	const expected = loop.replace('{device: {alive: true}}', '{faults: [livelock]}');
	t.strictSame(await messages(expected), []);
});

t.test('finds each kind of fault with a vector of the library on some revision', async (t) => {
	const seen = async (id: string, name: string) =>
		(await decideOn(await caseOf(id), name)).failures.map(({ message }) => message.split(':')[0]);
	t.ok((await seen('DAXV-0031', 'v6.0')).includes('null-dereference'));
	t.ok((await seen('DAXV-0035/fs_dax_get_by_bdev', 'v6.0')).includes('double-fetch'));
	t.ok((await seen('DAXV-0047', 'merged')).includes('deadlock'));
});

t.test(
	'two reads by functions that the compiler may have inlined are no double fetch',
	async (t) => {
		const read = (old: boolean, inlined: boolean): Event => ({
			...{ agent: 0, op: 'read', object: 'flags', marked: true, old, new: old, site: 0 },
			...{ function: 'fs_dax_get', enabled: [0], ...(inlined && { inlined }) },
		});
		const faults = (inlined: boolean) => {
			const state = { alive: true, holder: null, ops: null };
			return faultsOf({
				...{ agents: ['claim'], start: state, results: [], device: { ...state, refs: 0 } },
				...{ warnings: [], callbacks: [], faults: [], blocked: [], diverged: null },
				events: [read(true, inlined), read(false, inlined)],
			});
		};
		t.match(faults(false), [{ fault: 'double-fetch', where: /saw flags as true, then as false/ }]);
		t.same(faults(true), []);
	},
);
