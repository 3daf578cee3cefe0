// SPDX-License-Identifier: MIT
import { signatures } from '../../../implementations/calls';
import { callsOf } from '../vector-parts';
import type { Rule } from './rule';

/** An order runs threads that exist, until calls that they make, to an outcome that exists. */
export const orderStops: Rule = function* ({ source, vector }) {
	const threads = Object.entries(vector.threads ?? {});
	const names = threads.map(([name]) => name);
	const callbacks = [...callsOf(vector)].flatMap(({ path, value }) =>
		path[0] === 'holders' && value.as !== undefined ? [value.as] : [],
	);
	for (const [name, { steps, outcome }] of Object.entries(vector.orders ?? {})) {
		const path = ['orders', name];
		for (const [index, { run, until }] of steps.entries()) {
			const place = [...path, 'steps', index];
			const thread = threads.find(([other]) => other === run);
			if (!thread) {
				yield source.diagnose([...place, 'run'], {
					code: 'E_ORDER',
					message: `thread "${run}" does not exist`,
					hint: `Use one of: ${names.join(', ')}.`,
				});
				continue;
			}
			const calls = thread[1].flatMap((call) => (call.as === undefined ? [] : [call.as]));
			if (until?.returned !== undefined && ![...calls, ...callbacks].includes(until.returned))
				yield source.diagnose([...place, 'until', 'returned'], {
					code: 'E_ORDER',
					message: `thread "${run}" makes no call "${until.returned}"`,
					hint: calls.length > 0 ? `Use one of: ${calls.join(', ')}.` : 'Name the call with "as".',
				});
			const object = until?.after ?? until?.before;
			const known = thread[1].filter(({ call }) => Object.hasOwn(signatures, call));
			const touches = known.flatMap(({ call }) => TOUCHES[call as keyof typeof TOUCHES]);
			if (object !== undefined && known.length === thread[1].length && !touches.includes(object))
				yield source.diagnose(
					[...place, 'until', until?.after === undefined ? 'before' : 'after'],
					{
						code: 'E_ORDER',
						message: `thread "${run}" never touches ${object}`,
						hint: `It touches: ${[...new Set(touches)].join(', ')}.`,
					},
				);
			const how = until?.how;
			if (object !== undefined && how && /^s(rcu|ync)-/.test(how) !== (object === 'dax_srcu'))
				yield source.diagnose([...place, 'until', 'how'], {
					code: 'E_ORDER',
					message: `nothing does ${how} to ${object}`,
					hint:
						object === 'dax_srcu'
							? 'Use one of: srcu-lock, srcu-unlock, sync-begin, sync-end.'
							: 'Use one of: read, write, rmw.',
				});
		}
		if (outcome !== undefined && !Object.hasOwn(vector.outcomes ?? {}, outcome))
			yield source.diagnose([...path, 'outcome'], {
				code: 'E_ORDER',
				message: `outcome "${outcome}" does not exist`,
				hint: `Use one of: ${Object.keys(vector.outcomes ?? {}).join(', ')}.`,
			});
	}
};

/** Everything that a call may touch in some revision. A callback may make any call. */
const ALL = ['holder_data', 'holder_ops', 'flags', 'i_count', 'dax_srcu'];
const TOUCHES: Record<keyof typeof signatures, readonly string[]> = {
	fs_dax_get: ALL,
	fs_dax_get_by_bdev: ALL,
	fs_put_dax: ['holder_data', 'holder_ops', 'flags', 'i_count'],
	put_dax: ['flags', 'i_count'],
	kill_dax: ALL,
	run_dax: ['flags'],
	dax_holder_notify_failure: ALL,
	dax_holder: ['holder_data'],
	dax_alive: ['flags'],
	dax_read_lock: ['dax_srcu'],
	dax_read_unlock: ['dax_srcu'],
	dax_get_private: ['flags'],
	dax_set_ops: [],
	alloc_dax: ['flags', 'i_count'],
	dax_dev_get: ['flags', 'i_count'],
	dax_dev_find: ['flags', 'i_count', 'dax_srcu'],
	dax_add_host: [],
	dax_remove_host: [],
	bdev_add_partition: [],
	device_driver_attach: ['flags'],
	device_release_driver: ALL,
};
