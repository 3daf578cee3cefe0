// SPDX-License-Identifier: MIT
/** Checks of executions and schedules. */
import { choicesOf } from '../explore/schedule';
import { type Check, one, same } from './check';
import { programOf, requireThat } from './subject';

const race = programOf({ first: [{ call: 'run_dax' }], second: [{ call: 'run_dax' }] });

export const executions: readonly Check[] = [
	{
		name: 'every call that it lists can be made',
		guide: 'Hello',
		async run(subject) {
			for (const call of subject.hello.calls) {
				const execution = await subject.executeOnce(one(call));
				requireThat(execution.results.length === 1, `${call}() has no result`);
			}
		},
	},
	{
		name: 'a batch of schedules gives as many executions, in order',
		guide: 'Execute',
		needs: ['run_dax'],
		explores: true,
		async run(subject) {
			const [first, second, again] = await subject.execute(race, [[0], [1], [0]]);
			const agents = [first, second].map((execution) => execution?.events[0]?.agent);
			requireThat(same(agents, [0, 1]), 'the executions are not in the order of the schedules');
			requireThat(same(first, again), 'the same schedule has two executions in one batch');
		},
	},
	{
		name: 'an execution starts from the initial device, and is the same each time',
		guide: 'Execute',
		needs: ['run_dax'],
		explores: true,
		async run(subject) {
			const free = await subject.executeOnce(race);
			const whole = await subject.executeOnce(race, choicesOf(free));
			requireThat(same(free, whole), 'an empty schedule and its own choices differ');
		},
	},
	{
		name: 'a choice that cannot be taken is reported in diverged',
		guide: 'Schedules',
		needs: ['run_dax'],
		explores: true,
		async run(subject) {
			const unknown = await subject.executeOnce(race, [99]);
			const none = { at: 0, agent: 99, why: 'unknown-agent' };
			requireThat(
				same(sorted(unknown.diverged), sorted(none)),
				'agent 99, which does not exist, is not reported in diverged',
			);
			const free = await subject.executeOnce(race);
			const own = free.events.filter(({ agent }) => agent === 0).map(() => 0);
			const ended = await subject.executeOnce(race, [...own, 0]);
			const over = { at: own.length, agent: 0, why: 'ended' };
			requireThat(same(sorted(ended.diverged), sorted(over)), 'an agent that ended went on');
			requireThat(
				ended.events.some(({ agent }) => agent === 1),
				'no agent goes on after that choice',
			);
		},
	},
	{
		name: 'an agent that waits has no event and is not enabled',
		guide: 'Schedules',
		needs: ['kill_dax', 'dax_holder_notify_failure'],
		explores: true,
		async run(subject) {
			const notify = { call: 'dax_holder_notify_failure' } as const;
			const program = programOf({ notify: [notify], kill: [{ call: 'kill_dax' }] });
			const free = await subject.executeOnce(program);
			const lock = free.events.findIndex(({ op }) => op === 'srcu-lock');
			requireThat(lock >= 0, 'no srcu-lock in dax_holder_notify_failure()');
			const inside = free.events.slice(0, lock + 1).map(() => 0);
			const removal = await subject.executeOnce(program, [...inside, 1]);
			const wait = removal.events.findIndex(({ op }) => op === 'sync-begin');
			requireThat(wait >= 0, 'no sync-begin in kill_dax()');
			const choices = [...choicesOf(removal).slice(0, wait + 1), 1];
			const blocked = await subject.executeOnce(program, choices);
			const why = { at: choices.length - 1, agent: 1, why: 'blocked' };
			requireThat(
				same(sorted(blocked.diverged), sorted(why)),
				'kill_dax() does not wait for a reader',
			);
		},
	},
];

/** The entries of an object in the order of their keys. */
const sorted = (value: object | null): unknown => value && Object.entries(value).sort();
