// SPDX-License-Identifier: MIT
import t from 'tap';
import { decideOn, small } from '../cases';

const REMOVAL = `
holders: {A: {notify_failure: {calls: [{call: dax_holder, as: seen}]}}, B: {}}
device: {alive: true, holder: A, ops: A}
threads: {calls: [{call: kill_dax}, {call: fs_dax_get, holder: B, ops: B, as: got}]}
`;

/** Decides a body with one outcome: the expectation and message of the failure, or the name of the outcome. */
async function decided(body: string, outcome: string, name = 'merged'): Promise<string> {
	const { failures, outcomes } = await decideOn(small(`${body}outcomes: {o: ${outcome}}\n`), name);
	const [failure] = failures;
	if (!failure) return Object.keys(outcomes).join();
	return `${failure.expectation.replace('outcomes/o/', '')}: ${failure.message}`;
}

t.test('compares results of calls', async (t) => {
	t.equal(await decided(REMOVAL, '{results: {got: -ENODEV}}'), 'o');
	t.equal(await decided(REMOVAL, '{results: {got: [ok, -ENODEV]}}'), 'o', 'one of several');
	t.equal(
		await decided(REMOVAL, '{results: {got: [ok, -EBUSY]}}'),
		'results/got: got is -ENODEV, expected ok or -EBUSY',
	);
	t.equal(await decided(REMOVAL, '{results: {seen: A}}'), 'o');
	t.equal(
		await decided(REMOVAL, '{results: {seen: not-called}}'),
		'results/seen: seen is A, expected not-called',
	);
	const silent = '{results: {seen: not-called}}';
	t.equal(await decided(REMOVAL, silent, 'kill-silent'), 'o');
	t.equal(
		await decided(REMOVAL, '{results: {seen: A}}', 'kill-silent'),
		'results/seen: seen is not-called, expected A',
	);
	t.equal(await decided(REMOVAL, '{results: {seen: [A, not-called]}}', 'kill-silent'), 'o');
});

t.test('compares each result of a call inside a callback', async (t) => {
	const twice = `
holders: {A: {notify_failure: {calls: [{call: dax_holder, as: seen}]}}, B: {}}
device: {alive: true, holder: A, ops: A}
threads:
  calls:
    - {call: dax_holder_notify_failure}
    - {call: fs_put_dax, holder: A}
    - {call: fs_dax_get, holder: B, ops: A}
    - {call: dax_holder_notify_failure}
`;
	t.equal(await decided(twice, '{results: {seen: [A, B]}}'), 'o');
	t.equal(await decided(twice, '{results: {seen: A}}'), 'results/seen: seen is B, expected A');
	t.equal(await decided(twice, '{results: {seen: B}}'), 'results/seen: seen is A, expected B');
});

t.test('compares fields of the device', async (t) => {
	t.equal(
		await decided(REMOVAL, '{device: {alive: false, holder: null, ops: null, refs: 0}}'),
		'o',
	);
	t.equal(
		await decided(REMOVAL, '{device: {holder: [A, null], ops: [B, null], refs: [0, 1]}}'),
		'o',
	);
	t.equal(
		await decided(REMOVAL, '{device: {alive: true}}'),
		'device/alive: alive is false at the end, expected true',
	);
	t.equal(
		await decided(REMOVAL, '{device: {holder: [A, B]}}'),
		'device/holder: holder is null at the end, expected A or B',
	);
	t.equal(
		await decided(REMOVAL, '{device: {ops: A}}'),
		'device/ops: ops is null at the end, expected A',
	);
	t.equal(
		await decided(REMOVAL, '{device: {refs: -1}}'),
		'device/refs: refs is 0 at the end, expected -1',
	);
	t.equal(
		await decided(REMOVAL, '{device: {ops: null}}', 'kill-keeps-ops'),
		'device/ops: ops is A at the end, expected null',
	);
});

t.test('compares the number and the arguments of callbacks', async (t) => {
	const once = (what: string) => `{callbacks: {A: {times: 1, ${what}}}}`;
	t.equal(await decided(REMOVAL, '{callbacks: {A: 1, B: 0}}'), 'o');
	t.equal(await decided(REMOVAL, '{callbacks: {A: [0, 1]}}'), 'o');
	t.equal(
		await decided(REMOVAL, once('offset: 0, length: U64_MAX, flags: MF_MEM_PRE_REMOVE')),
		'o',
	);
	const twice = 'callbacks/A: A was told 2 times, expected 1';
	t.equal(await decided(REMOVAL, '{callbacks: {A: 1}}', 'kill-callback-twice'), twice);
	t.equal(await decided(REMOVAL, once('offset: 0'), 'kill-callback-twice'), twice);
	t.equal(
		await decided(REMOVAL, '{callbacks: {B: 1}}'),
		'callbacks/B: B was told 0 times, expected 1',
	);
	const other = (key: string) => new RegExp(`^callbacks/A/${key}: A was told with ${key} `);
	t.match(await decided(REMOVAL, once('offset: 4096')), other('offset'));
	t.match(await decided(REMOVAL, once('length: 4096')), other('length'));
	t.match(await decided(REMOVAL, once('flags: MF_ACTION_REQUIRED')), other('flags'));
	const before = REMOVAL.replace('fs_dax_get', 'fs_dax_get_by_bdev');
	const flags = 'callbacks/A/flags: A was told with flags 0, expected MF_MEM_PRE_REMOVE';
	t.equal(await decided(before, once('flags: MF_MEM_PRE_REMOVE'), 'v6.0'), flags);
	t.equal(await decided(before, once('flags: 0'), 'v6.0'), 'o');
});

t.test('compares the number of WARNs by function', async (t) => {
	const stranger = `
holders: {A: {}, B: {}}
device: {alive: true, holder: A, ops: A}
threads: {calls: [{call: fs_put_dax, holder: B}]}
`;
	const one = '{warnings: {fs_put_dax: 1}}';
	t.equal(await decided(stranger, one), 'o');
	t.equal(await decided(stranger, '{warnings: {fs_put_dax: [0, 1]}}'), 'o');
	t.equal(
		await decided(stranger, one, 'v7.1'),
		'warnings/fs_put_dax: 0 WARN in fs_put_dax(), expected 1',
	);
	t.equal(
		await decided(stranger, '{warnings: none}'),
		'warnings/fs_put_dax: 1 WARN in fs_put_dax(), expected 0',
	);
	const unexpected = 'outcomes/warnings/fs_put_dax: 1 WARN in fs_put_dax(), expected 0';
	t.equal(await decided(stranger, '{device: {alive: true}}'), unexpected, 'none is the default');
	const all = `${stranger}warnings: {fs_put_dax: 1}\n`;
	t.equal(await decided(all, '{device: {alive: true}}'), 'o', 'stated once for all outcomes');
	t.match(
		await decided(all, '{warnings: none}'),
		/^warnings\/fs_put_dax: 1 WARN/,
		'an outcome may differ',
	);
	const other = '{warnings: {fs_put_dax: 1, dax_destroy_inode: 1}}';
	const silent = 'warnings/dax_destroy_inode: 0 WARN in dax_destroy_inode(), expected 1';
	t.equal(await decided(stranger, other), silent, 'counts by function');
});

t.test('reports the failure of the nearest outcome', async (t) => {
	const outcomes = `outcomes:
  far: {results: {got: -ENODEV}, device: {alive: false, holder: A, ops: A, refs: 5}}
  meant: {results: {got: -ENODEV}, device: {alive: true, holder: null, ops: A}}
  other: {results: {got: ok}}
`;
	const { failures, outcomes: seen } = await decideOn(small(REMOVAL + outcomes));
	t.equal(failures.length, 1);
	const expectation = 'outcomes/meant/device/alive';
	t.match(failures, [{ expectation, traces: 1 }], 'results first, then the fewest differences');
	t.same(seen, {}, 'no outcome is counted');
});
