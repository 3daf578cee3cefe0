// SPDX-License-Identifier: MIT
/** Each oracle finds its own seeded bug, and no oracle reports executions whose callers break the rules. */
import t from 'tap';
import { oracles } from '../../runner/history/oracles';
import { scenarioFollowsRules } from '../../runner/hunt/caller-rules';
import { examine } from '../../runner/hunt/examine';
import type { NamedCall, Scenario } from '../../runner/hunt/scenario';
import { OPTIONS, reference } from '../cases';

const get = (holder: string, call: NamedCall['call'] = 'fs_dax_get'): NamedCall => ({
	call,
	holder,
	ops: holder,
	as: `claim-${holder}`,
});
const put = (holder: string): NamedCall => ({
	call: 'fs_put_dax',
	holder,
	as: `release-${holder}`,
});
const kill: NamedCall = { call: 'kill_dax', as: 'removal' };
const run: NamedCall = { call: 'run_dax', as: 'revival' };
const unbind: NamedCall = { call: 'device_release_driver', as: 'unbinding' };
const hide: NamedCall = { call: 'dax_remove_host', as: 'hiding' };
const enter: NamedCall = { call: 'dax_read_lock', as: 'entering' };
const alive: NamedCall = { call: 'dax_alive', as: 'lives' };
const leave: NamedCall = { call: 'dax_read_unlock', as: 'leaving' };
const notify: NamedCall = { call: 'dax_holder_notify_failure', as: 'notify' };

const HELD = { alive: true, holder: 'A', ops: 'A' };
const FREE = { alive: true, holder: null, ops: null };

/** asks: the callback of A calls dax_holder(). */
function scenario(
	device: Scenario['device'],
	threads: readonly (readonly NamedCall[])[],
	asks = false,
): Scenario {
	const seen: NamedCall = { call: 'dax_holder', as: 'seen' };
	return {
		device,
		holders: { A: asks ? { notify_failure: { calls: [seen] } } : {}, B: {} },
		threads: Object.fromEntries(threads.map((calls, index) => [`thread-${index}`, calls])),
	};
}

/** Key of a violation, the revision or mutant that has it, and a scenario that shows it. */
const VIOLATIONS: readonly [string, string, Scenario][] = [
	['fault: deadlock', 'get-forgotten-unlock', scenario(FREE, [[get('A')], [kill]])],
	['fault: null-dereference', 'v6.0', scenario(HELD, [[put('A')], [notify]])],
	['warning: fs_put_dax', 'put-warns-on-null', scenario(HELD, [[kill], [put('A')]])],
	['lost-claim: ops', 'put-swapped-stores', scenario(HELD, [[put('A')], [get('B')]])],
	['lost-claim: holder', 'get-relaxed-test', scenario(FREE, [[get('A')], [get('B')]])],
	['removal-not-notified: never', 'kill-silent', scenario(HELD, [[kill]])],
	['removal-not-notified: again', 'kill-callback-twice', scenario(HELD, [[kill]])],
	['removal-without-pre-remove', 'v6.0', scenario(HELD, [[kill]])],
	['claim-of-dead-device', 'get-missing-alive-test', scenario(FREE, [[kill, get('A')]])],
	['claim-lost-silently', 'merged', scenario(FREE, [[kill], [get('A', 'fs_dax_get_by_bdev')]])],
	['callback-outlives-release', 'merged', scenario(HELD, [[put('A')], [notify]])],
	['callback-outlives-removal', 'kill-missing-synchronize', scenario(HELD, [[kill], [notify]])],
	['callback-sees-other-holder: null', 'merged', scenario(HELD, [[put('A')], [notify]], true)],
	[
		'callback-sees-other-holder: other',
		'merged',
		scenario(HELD, [[put('A'), get('B')], [notify]], true),
	],
	['stale-holder: operations', 'kill-keeps-ops', scenario(HELD, [[kill]])],
	['stale-holder: holder', 'put-keeps-holder', scenario(HELD, [[put('A')]])],
	['reference-count: leak', 'put-forgotten-iput', scenario(HELD, [[put('A')]])],
	[
		'reference-count: underflow',
		'bdev-missing-igrab',
		scenario(FREE, [[get('A', 'fs_dax_get_by_bdev')]]),
	],
	[
		'sequential-result: dax_holder_notify_failure',
		'notify-no-ops-is-success',
		scenario(FREE, [[notify]]),
	],
	[
		'sequential-result: fs_dax_get_by_bdev',
		'bdev-missing-alive-test',
		scenario(FREE, [[kill, { ...get('A', 'fs_dax_get_by_bdev'), holder: null, ops: null }]]),
	],
	[
		'sequential-result: fs_dax_get_by_bdev',
		'remove-host-keeps',
		scenario(FREE, [[hide, { ...get('A', 'fs_dax_get_by_bdev'), holder: null, ops: null }]]),
	],
	['fault: null-dereference', 'get-driver-unlocked', scenario(FREE, [[get('A')], [unbind]])],
	['removal-not-notified: never', 'kill-silent', scenario(HELD, [[unbind]])],
	[
		'access-outlives-removal',
		'kill-missing-synchronize',
		scenario(FREE, [[enter, alive, leave], [kill]]),
	],
	['alive-flag: run_dax', 'run-stays-dead', scenario(FREE, [[kill, run]])],
];

for (const [key, name, program] of VIOLATIONS)
	t.test(`finds ${key} on ${name}`, async (t) => {
		t.ok(scenarioFollowsRules(program));
		const { seen } = await examine(program, reference(name), OPTIONS);
		t.ok(seen.has(key), [...seen.keys()].join(', '));
		if (name !== 'merged')
			t.notOk((await examine(program, reference(), OPTIONS)).seen.has(key), 'merged has none');
	});

t.test('every oracle has a violation in this list', async (t) => {
	for (const { name } of oracles)
		t.ok(
			VIOLATIONS.some(([key]) => key.split(':')[0] === name),
			name,
		);
});

t.test('reports no execution in which a caller breaks the rules', async (t) => {
	// B's claim fails while A holds the device; the WARN at its release is a bug of B.
	const busy = scenario(HELD, [[get('B'), put('B')]]);
	t.same([...(await examine(busy, reference(), OPTIONS)).seen.keys()], []);
	// A notification without a reference may follow the last put_dax().
	const gone = scenario(FREE, [[kill, { call: 'put_dax', as: 'drop' }], [notify]]);
	t.same([...(await examine(gone, reference(), OPTIONS)).seen.keys()], []);
});

t.test('refuses scenarios that break the rules of callers', async (t) => {
	const two = { ...kill, as: 'second-removal' };
	t.notOk(scenarioFollowsRules(scenario(FREE, [[put('A')]])), 'a release without a claim');
	t.notOk(scenarioFollowsRules(scenario(HELD, [[put('A')], [put('A')]])), 'two releases');
	t.notOk(scenarioFollowsRules(scenario(HELD, [[kill], [two]])), 'two removers');
	t.notOk(scenarioFollowsRules(scenario(HELD, [[kill, two]])), 'two removals in a row');
	t.notOk(scenarioFollowsRules(scenario(HELD, [[kill], [unbind]])), 'a remover and an unbinding');
	t.notOk(
		scenarioFollowsRules(scenario(HELD, [[enter, kill, leave]])),
		'a removal within a read section',
	);
	t.notOk(
		scenarioFollowsRules(scenario(HELD, [[enter, alive], [leave]])),
		'a read section in two threads',
	);
	t.notOk(
		scenarioFollowsRules(scenario(HELD, [[hide, { ...hide, as: 'again' }]])),
		'a host removed twice',
	);
	t.ok(scenarioFollowsRules(scenario(HELD, [[kill, run, two]])));
});
