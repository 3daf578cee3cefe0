// SPDX-License-Identifier: MIT
/** Checks that every part of a program is executed. */
import { A, type Check, held, same } from './check';
import { programOf, requireThat } from './subject';

export const programs: readonly Check[] = [
	{
		name: 'setup runs before the threads and leaves no events',
		guide: 'Programs',
		needs: ['fs_dax_get', 'dax_holder'],
		async run(subject) {
			const setup = [{ site: 0, call: 'fs_dax_get' as const, ...A }];
			const execution = await subject.executeOnce(
				programOf({ thread: [{ call: 'dax_holder' }] }, { setup }),
			);
			requireThat(execution.start.holder === 'A', 'start is not the device after setup');
			requireThat(
				execution.events.every(({ site }) => site !== 0),
				'a setup call has events',
			);
			requireThat(execution.device.refs === 0, 'refs is not relative to when the threads started');
		},
	},
	{
		name: 'the device of a call can be NULL, or what an earlier call returned',
		guide: 'Programs',
		needs: ['fs_dax_get_by_bdev', 'fs_put_dax'],
		async run(subject) {
			const get = { site: 0, call: 'fs_dax_get_by_bdev', holder: 'B', ops: 'B' } as const;
			const put = { call: 'fs_put_dax', holder: 'A' } as const;
			const calls = [{ ...put, device: null }, get, { ...put, device: 0 }];
			const program = programOf({ thread: calls }, { device: held });
			// An adapter that is older than this argument skips it.
			if ((await subject.ask(program, [[]])).answer === 'skipped') return;
			const kept = await subject.executeOnce(program);
			requireThat(kept.device.holder === 'A', 'a release of NULL releases the device');
			const own = { ...get, holder: 'A', ops: 'A' };
			const left = await subject.executeOnce(programOf({ thread: [own, { ...put, device: 0 }] }));
			requireThat(left.device.holder === null, 'a release of a result keeps the device');
		},
	},
	{
		name: 'a program can have a second device, whose calls and callbacks are about it',
		guide: 'Programs',
		needs: ['dax_holder_notify_failure', 'fs_put_dax'],
		async run(subject) {
			const notify = { call: 'dax_holder_notify_failure', device: 'log' } as const;
			const put = { call: 'fs_put_dax', device: 'log', holder: 'A' } as const;
			const program = programOf({ thread: [notify, put] }, { device: held, log: held });
			// An adapter that is older than the second device skips it.
			if ((await subject.ask(program, [[]])).answer === 'skipped') return;
			const { device, log, callbacks } = await subject.executeOnce(program);
			requireThat(device.holder === 'A', 'a call on the second device changes the first one');
			requireThat(log?.holder === null, 'a release of the second device does not change it');
			requireThat(
				callbacks[0]?.device === 'log',
				'a callback about the second device does not say so',
			);
		},
	},
	{
		name: 'the offset that a lookup stores is reported where the call asks for it',
		guide: 'Programs',
		needs: ['fs_dax_get_by_bdev'],
		async run(subject) {
			const get = { call: 'fs_dax_get_by_bdev', start_off: true, ...A } as const;
			const program = programOf({ thread: [get] });
			if ((await subject.ask(program, [[]])).answer === 'skipped') return;
			const { results } = await subject.executeOnce(program);
			requireThat(results[0]?.start_off !== undefined, 'the result has no start_off');
		},
	},
	{
		name: 'a callback is reported with its arguments, calls and result',
		guide: 'Programs',
		needs: ['dax_holder_notify_failure', 'dax_holder'],
		async run(subject) {
			const calls = [{ site: 1, call: 'dax_holder' as const }];
			const details = { offset: 4096, length: 8192, flags: 0 as const };
			const execution = await subject.executeOnce(
				programOf(
					{ thread: [{ call: 'dax_holder_notify_failure', ...details }] },
					{ device: held, holders: { A: { returns: '-EIO', calls } } },
				),
			);
			const [callback] = execution.callbacks;
			requireThat(callback, 'no callback is listed');
			const { offset, length, flags, holder, event } = callback;
			requireThat(
				same({ offset, length, flags }, details),
				'the callback has other arguments than the call',
			);
			const { op, object } = execution.events[event] ?? {};
			requireThat(
				op === 'call' && object === `${holder}.notify_failure`,
				'the event of the callback is not the call of HOLDER.notify_failure',
			);
			requireThat(
				execution.results.some(({ site }) => site === 1),
				'the call of the callback was not made',
			);
			requireThat(
				execution.results.some(({ value }) => value === '-EIO'),
				'the call does not return what the callback returned',
			);
		},
	},
	{
		name: 'an error of the code is a fault of the execution',
		guide: 'Faults',
		needs: ['dax_holder_notify_failure', 'kill_dax'],
		async run(subject) {
			const notify = { call: 'dax_holder_notify_failure' } as const;
			await subject.executeOnce(
				programOf({ thread: [notify] }, { device: held, holders: { A: null } }),
			);
			const calls = [{ site: 1, call: 'kill_dax' as const }];
			const holders = { A: { returns: 'ok', calls } };
			const stuck = await subject.executeOnce(
				programOf({ thread: [notify] }, { device: held, holders }),
			);
			// A removal inside a read section waits for that section to end: a deadlock, or a livelock if callbacks nest.
			requireThat(stuck.faults.length > 0, 'a removal from within a callback ends without a fault');
		},
	},
];
