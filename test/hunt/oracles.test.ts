// SPDX-License-Identifier: MIT
/** Every oracle fires on a bug that is its own, and none blames callers who could not have gone on. */
import t from 'tap';
import { examine } from '../../runner/hunt/examine';
import { isLegal } from '../../runner/hunt/legal';
import { oracles } from '../../runner/hunt/oracles';
import type { Scenario } from '../../runner/hunt/scenario';
import type { Call } from '../../schema/types/vector';
import { OPTIONS, reference } from '../cases';

const get = (holder: string, call = 'fs_dax_get'): Call => ({
	call,
	holder,
	ops: holder,
	as: `claim-${holder}`,
});
const put = (holder: string): Call => ({ call: 'fs_put_dax', holder, as: `release-${holder}` });
const kill: Call = { call: 'kill_dax', as: 'removal' };
const run: Call = { call: 'run_dax', as: 'revival' };
const unbind: Call = { call: 'device_release_driver', as: 'unbinding' };
const hide: Call = { call: 'dax_remove_host', as: 'hiding' };
const enter: Call = { call: 'dax_read_lock', as: 'entering' };
const alive: Call = { call: 'dax_alive', as: 'lives' };
const leave: Call = { call: 'dax_read_unlock', as: 'leaving' };
const notify: Call = { call: 'dax_holder_notify_failure', as: 'notify' };

const HELD = { alive: true, holder: 'A', ops: 'A' };
const FREE = { alive: true, holder: null, ops: null };

/** Threads by position; holder A asks who it is where its callback is to. */
function scenario(device: object, threads: Call[][], asks = false): Scenario {
	const callback = { notify_failure: { calls: [{ call: 'dax_holder', as: 'seen' }] } };
	return {
		device,
		holders: { A: asks ? callback : {}, B: {} },
		threads: Object.fromEntries(threads.map((calls, index) => [`thread-${index}`, calls])),
	} as unknown as Scenario;
}

/** What each finds where. */
const FIRES: readonly [string, string, Scenario][] = [
	['fault: deadlock', 'get-forgotten-unlock', scenario(FREE, [[get('A')], [kill]])],
	['fault: null-dereference', 'v6.0', scenario(HELD, [[put('A')], [notify]])],
	['warning: fs_put_dax', 'put-warns-on-null', scenario(HELD, [[kill], [put('A')]])],
	['lost-claim: ops', 'put-swapped-stores', scenario(HELD, [[put('A')], [get('B')]])],
	['lost-claim: holder', 'get-relaxed-test', scenario(FREE, [[get('A')], [get('B')]])],
	['untold-removal: never', 'kill-silent', scenario(HELD, [[kill]])],
	['untold-removal: again', 'kill-callback-twice', scenario(HELD, [[kill]])],
	['unmarked-removal', 'v6.0', scenario(HELD, [[kill]])],
	['dead-claim', 'get-missing-alive-test', scenario(FREE, [[kill, get('A')]])],
	['unnoticed-claim', 'merged', scenario(FREE, [[kill], [get('A', 'fs_dax_get_by_bdev')]])],
	['late-callback', 'merged', scenario(HELD, [[put('A')], [notify]])],
	['unfinished-callback', 'kill-missing-synchronize', scenario(HELD, [[kill], [notify]])],
	['estranged-callback: nobody', 'merged', scenario(HELD, [[put('A')], [notify]], true)],
	[
		'estranged-callback: somebody-else',
		'merged',
		scenario(HELD, [[put('A'), get('B')], [notify]], true),
	],
	['stale-holder: operations', 'kill-keeps-ops', scenario(HELD, [[kill]])],
	['stale-holder: holder', 'put-keeps-holder', scenario(HELD, [[put('A')]])],
	['references: leak', 'put-forgotten-iput', scenario(HELD, [[put('A')]])],
	[
		'references: underflow',
		'bdev-missing-igrab',
		scenario(FREE, [[get('A', 'fs_dax_get_by_bdev')]]),
	],
	['answer: dax_holder_notify_failure', 'notify-no-ops-is-success', scenario(FREE, [[notify]])],
	[
		'answer: fs_dax_get_by_bdev',
		'bdev-missing-alive-test',
		scenario(FREE, [[kill, { ...get('A', 'fs_dax_get_by_bdev'), holder: null, ops: null }]]),
	],
	[
		'answer: fs_dax_get_by_bdev',
		'remove-host-keeps',
		scenario(FREE, [[hide, { ...get('A', 'fs_dax_get_by_bdev'), holder: null, ops: null }]]),
	],
	['fault: null-dereference', 'get-driver-unlocked', scenario(FREE, [[get('A')], [unbind]])],
	['untold-removal: never', 'kill-silent', scenario(HELD, [[unbind]])],
	[
		'unfinished-access',
		'kill-missing-synchronize',
		scenario(FREE, [[enter, alive, leave], [kill]]),
	],
	['life: run_dax', 'run-stays-dead', scenario(FREE, [[kill, run]])],
];

for (const [key, name, program] of FIRES)
	t.test(`${key} on ${name}`, async (t) => {
		t.ok(isLegal(program));
		const { seen } = await examine(program, reference(name), OPTIONS);
		t.ok(seen.has(key), [...seen.keys()].join(', '));
		if (name !== 'merged')
			t.notOk((await examine(program, reference(), OPTIONS)).seen.has(key), 'and not on merged');
	});

t.test('no oracle was forgotten', async (t) => {
	for (const { name } of oracles)
		t.ok(
			FIRES.some(([key]) => key.split(':')[0] === name),
			name,
		);
});

t.test('callers who could not go on are not blamed', async (t) => {
	// B's claim fails while A holds the device; its release then accuses B, not the kernel.
	const busy = scenario(HELD, [[get('B'), put('B')]]);
	t.same([...(await examine(busy, reference(), OPTIONS)).seen.keys()], []);
	// Once the driver's reference is gone, nobody without one may come.
	const gone = scenario(FREE, [[kill, { call: 'put_dax', as: 'drop' }], [notify]]);
	t.same([...(await examine(gone, reference(), OPTIONS)).seen.keys()], []);
});

t.test('what nobody may do is no program', async (t) => {
	const two = { ...kill, as: 'second-removal' };
	t.notOk(isLegal(scenario(FREE, [[put('A')]])), 'a release without a claim');
	t.notOk(isLegal(scenario(HELD, [[put('A')], [put('A')]])), 'two releases');
	t.notOk(isLegal(scenario(HELD, [[kill], [two]])), 'two removers');
	t.notOk(isLegal(scenario(HELD, [[kill, two]])), 'two removals in a row');
	t.notOk(isLegal(scenario(HELD, [[kill], [unbind]])), 'a remover and an unbinding');
	t.notOk(isLegal(scenario(HELD, [[enter, kill, leave]])), 'a removal within a read section');
	t.notOk(isLegal(scenario(HELD, [[enter, alive], [leave]])), 'a read section in two threads');
	t.notOk(isLegal(scenario(HELD, [[hide, { ...hide, as: 'again' }]])), 'a host removed twice');
	t.ok(isLegal(scenario(HELD, [[kill, run, two]])));
});
