// SPDX-License-Identifier: MIT
/** What an adapter is checked for, one by one, beside the vectors. */
import type { CallName } from '../../schema/types/common';
import type { Program } from '../../schema/types/program';
import { choicesOf } from '../explore/schedule';
import { ANSWER, demand, END, programOf, type Subject } from './subject';

export interface Check {
	readonly name: string;
	/** The part of implementations/exec/README.md that says it. */
	readonly guide: string;
	/** Calls without which there is nothing to check. */
	readonly needs?: readonly CallName[];
	/** Is it about following schedules? */
	readonly explores?: true;
	/** Throws when something is missing. */
	run(subject: Subject): Promise<void>;
}

const A = { holder: 'A', ops: 'A' };
const held: Program['device'] = { alive: true, holder: 'A', ops: 'A', refs: 2 };

const one = (call: CallName): Program => programOf({ thread: [{ call, ...A }] }, { device: held });
const race = programOf({ first: [{ call: 'run_dax' }], second: [{ call: 'run_dax' }] });

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

export const checks: readonly Check[] = [
	{
		name: 'every call that it lists can be made',
		guide: 'Hello',
		async run(subject) {
			for (const call of subject.hello.calls) {
				const [execution] = await subject.execute(one(call), [[]]);
				demand(execution!.results.length === 1, `${call}() has no result`);
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
			demand(first!.events[0]!.agent === 0 && second!.events[0]!.agent === 1, 'not in order');
			demand(same(first, again), 'the same schedule has two executions in one batch');
		},
	},
	{
		name: 'every execution starts from the beginning, and is the same each time',
		guide: 'Execute',
		needs: ['run_dax'],
		explores: true,
		async run(subject) {
			const [free] = await subject.execute(race, [[]]);
			const [whole] = await subject.execute(race, [choicesOf(free!)]);
			demand(same(free, whole), 'an empty schedule and its own choices differ');
		},
	},
	{
		name: 'a choice that cannot be taken is said to have diverged',
		guide: 'Schedules',
		needs: ['run_dax'],
		explores: true,
		async run(subject) {
			const [unknown] = await subject.execute(race, [[99]]);
			const none = { at: 0, agent: 99, why: 'unknown-agent' };
			demand(same(sorted(unknown!.diverged), sorted(none)), 'agent 99 was found');
			const [free] = await subject.execute(race, [[]]);
			const own = free!.events.filter(({ agent }) => agent === 0).map(() => 0);
			const [ended] = await subject.execute(race, [[...own, 0]]);
			const over = { at: own.length, agent: 0, why: 'ended' };
			demand(same(sorted(ended!.diverged), sorted(over)), 'an agent that ended went on');
			demand(
				ended!.events.some(({ agent }) => agent === 1),
				'after that, nobody goes on',
			);
		},
	},
	{
		name: 'a wait is no event: who waits is not enabled',
		guide: 'Schedules',
		needs: ['kill_dax', 'dax_holder_notify_failure'],
		explores: true,
		async run(subject) {
			const notify = { call: 'dax_holder_notify_failure' } as const;
			const program = programOf({ notify: [notify], kill: [{ call: 'kill_dax' }] });
			const [alone] = await subject.execute(program, [[]]);
			const lock = alone!.events.findIndex(({ op }) => op === 'srcu-lock');
			demand(lock >= 0, 'no srcu-lock in dax_holder_notify_failure()');
			const inside = alone!.events.slice(0, lock + 1).map(() => 0);
			const [removal] = await subject.execute(program, [[...inside, 1]]);
			const wait = removal!.events.findIndex(({ op }) => op === 'sync-begin');
			demand(wait >= 0, 'no sync-begin in kill_dax()');
			const choices = [...choicesOf(removal!).slice(0, wait + 1), 1];
			const [blocked] = await subject.execute(program, [choices]);
			const why = { at: choices.length - 1, agent: 1, why: 'blocked' };
			demand(same(sorted(blocked!.diverged), sorted(why)), 'kill_dax() does not wait for a reader');
		},
	},
	{
		name: 'setup happens before the threads, outside the events',
		guide: 'Programs',
		needs: ['fs_dax_get', 'dax_holder'],
		async run(subject) {
			const setup = [{ site: 0, call: 'fs_dax_get' as const, ...A }];
			const [execution] = await subject.execute(
				programOf({ thread: [{ call: 'dax_holder' }] }, { setup }),
				[[]],
			);
			demand(execution!.start.holder === 'A', 'start is not the device after setup');
			demand(
				execution!.events.every(({ site }) => site !== 0),
				'a setup call has events',
			);
			demand(execution!.device.refs === 0, 'refs is not relative to when the threads started');
		},
	},
	{
		name: 'callbacks are made, with their calls and their result',
		guide: 'Programs',
		needs: ['dax_holder_notify_failure', 'dax_holder'],
		async run(subject) {
			const calls = [{ site: 1, call: 'dax_holder' as const }];
			const details = { offset: 4096, length: 8192, flags: 0 as const };
			const [execution] = await subject.execute(
				programOf(
					{ thread: [{ call: 'dax_holder_notify_failure', ...details }] },
					{ device: held, holders: { A: { returns: '-EIO', calls } } },
				),
				[[]],
			);
			const [callback] = execution!.callbacks;
			demand(callback, 'no callback is listed');
			const { offset, length, flags, holder, event } = callback;
			demand(same({ offset, length, flags }, details), 'it has other arguments');
			const { op, object } = execution!.events[event] ?? {};
			demand(
				op === 'call' && object === `${holder}.notify_failure`,
				'its event is not the call of HOLDER.notify_failure',
			);
			demand(
				execution!.results.some(({ site }) => site === 1),
				'its call was not made',
			);
			demand(
				execution!.results.some(({ value }) => value === '-EIO'),
				'its result is lost',
			);
		},
	},
	{
		name: 'what the code does wrong is a fault of the execution',
		guide: 'Faults',
		needs: ['dax_holder_notify_failure', 'kill_dax'],
		async run(subject) {
			const notify = { call: 'dax_holder_notify_failure' } as const;
			await subject.execute(
				programOf({ thread: [notify] }, { device: held, holders: { A: null } }),
				[[]],
			);
			const calls = [{ site: 1, call: 'kill_dax' as const }];
			const holders = { A: { returns: 'ok', calls } };
			const [stuck] = await subject.execute(
				programOf({ thread: [notify] }, { device: held, holders }),
				[[]],
			);
			// The removal waits for the section that it is called from, however often that happens first.
			demand(stuck!.faults.length > 0, 'a removal from within a callback ends without a fault');
		},
	},
	{
		name: 'what it does not know is skipped',
		guide: 'Skipped and errored',
		async run(subject) {
			const [call] = subject.hello.calls;
			const unknown = {
				...one('run_dax'),
				threads: [{ name: 'a', calls: [{ site: 0, call: 'new_dax' }] }],
			};
			const programs = [unknown, ...(call ? [{ ...one(call), weather: 'fine' }] : [])];
			for (const program of programs) {
				const { answer } = await subject.ask(program, [[]]);
				demand(answer === 'skipped', `a program with something unknown is answered "${answer}"`);
			}
		},
	},
	{
		name: 'seq comes back as it was, and answers in the order of the requests',
		guide: 'Lines',
		async run(subject) {
			const channel = await subject.open();
			const body = { request: 'hello', protocol: 1 };
			const names = [
				'',
				'"\\',
				'\u00e9\u4e16\ud83d\ude00',
				'\n\t\u0001',
				'__proto__',
				'x'.repeat(64),
			];
			await Promise.all(names.map((seq) => channel.request(body, ANSWER, seq)));
		},
	},
	{
		name: 'a line that is no request is answered with errored, or ends it',
		guide: 'Skipped and errored',
		async run(subject) {
			for (const line of ['not JSON', '[]', '{"seq":""}', '{"seq":"","request":"new"}']) {
				const channel = await subject.open();
				channel.write(`${line}\n`);
				const answer = await channel.expect('', END).catch((error: Error) => error);
				if (answer instanceof Error)
					demand(/exited with [1-9]/.test(answer.message), `${line}: ${answer.message}`);
				else demand(answer.answer === 'errored', `${line} is answered "${answer.answer}"`);
			}
		},
	},
	{
		name: 'it ends with exit code 0 when its stdin is closed',
		guide: 'Lines',
		async run(subject) {
			await subject.open();
			const code = await subject.close();
			demand(code !== null, `it did not end within ${END} ms`);
			demand(code === 0, `it exited with ${code}`);
		},
	},
];

/** The same whatever the order of keys. */
const sorted = (value: object | null): unknown => value && Object.entries(value).sort();
