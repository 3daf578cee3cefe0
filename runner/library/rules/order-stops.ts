// SPDX-License-Identifier: MIT
import { signatures } from '../../../implementations/calls';
import type { Call, Order } from '../../../schema/types/vector';
import type { Diagnostic } from '../diagnostic';
import { callsOf } from '../vector-parts';
import type { Finding, Path } from '../yaml-source';
import type { Rule } from './rule';

/** An order names threads and an outcome that exist, and stops at calls and objects of its threads. */
export const orderStops: Rule = function* ({ source, vector }) {
	const threads = vector.threads ?? {};
	const outcomes = Object.keys(vector.outcomes ?? {});
	const callbacks = [...callsOf(vector)].flatMap(({ path, value }) =>
		path[0] === 'holders' && value.as !== undefined ? [value.as] : [],
	);
	const report = (path: Path, message: string, hint: string): Diagnostic =>
		source.diagnose(path, { code: 'E_ORDER', message, hint });

	for (const [name, { steps, outcome }] of Object.entries(vector.orders ?? {})) {
		for (const [index, step] of steps.entries()) {
			const place = ['orders', name, 'steps', index];
			const calls = Object.hasOwn(threads, step.run) ? threads[step.run] : undefined;
			if (calls)
				for (const [path, finding] of stopProblems(step, calls, callbacks))
					yield source.diagnose([...place, 'until', ...path], finding);
			else
				yield report(
					[...place, 'run'],
					`thread "${step.run}" does not exist`,
					`Use one of: ${Object.keys(threads).join(', ')}.`,
				);
		}
		if (outcome !== undefined && !outcomes.includes(outcome))
			yield report(
				['orders', name, 'outcome'],
				`outcome "${outcome}" does not exist`,
				`Use one of: ${outcomes.join(', ')}.`,
			);
	}
};

/** Checks the stop of a step; yields paths below "until". */
function* stopProblems(
	{ run, until }: Order['steps'][number],
	calls: readonly Call[],
	callbacks: readonly string[],
): Generator<[Path, Finding]> {
	if (!until) return;
	const code = 'E_ORDER';
	const named = calls.flatMap((call) => (call.as === undefined ? [] : [call.as]));
	if (until.returned !== undefined && ![...named, ...callbacks].includes(until.returned)) {
		const message = `thread "${run}" makes no call "${until.returned}"`;
		const hint = named.length > 0 ? `Use one of: ${named.join(', ')}.` : 'Name the call with "as".';
		yield [['returned'], { code, message, hint }];
	}

	const given = until.after ?? until.before;
	if (given === undefined) return;
	// Calls on the second device touch the same fields of it.
	const object = given.replace(/^log\./, '');
	const known = calls.filter(({ call }) => Object.hasOwn(signatures, call));
	const touched = known.flatMap(({ call }) => TOUCHED[call as keyof typeof TOUCHED]);
	if (known.length === calls.length && !touched.includes(object)) {
		const message = `thread "${run}" never touches ${given}`;
		const hint = `It touches: ${[...new Set(touched)].join(', ')}.`;
		yield [[until.after === undefined ? 'before' : 'after'], { code, message, hint }];
	}
	const { how } = until;
	if (how && /^s(rcu|ync)-/.test(how) !== (object === 'dax_srcu')) {
		const message = `${object} has no access of kind ${how}`;
		const hint =
			object === 'dax_srcu'
				? 'Use one of: srcu-lock, srcu-unlock, sync-begin, sync-end.'
				: 'Use one of: read, write, rmw.';
		yield [['how'], { code, message, hint }];
	}
}

const ALL = ['holder_data', 'holder_ops', 'flags', 'i_count', 'dax_srcu'];

/** Objects that a call touches in any revision. A call that runs a callback can touch all of them. */
const TOUCHED: Record<keyof typeof signatures, readonly string[]> = {
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
	queue_limits_set: [],
	dax_direct_access: ['flags'],
	dax_zero_page_range: ['flags'],
	dax_copy_from_iter: ['flags'],
	dax_copy_to_iter: ['flags'],
	dax_recovery_write: [],
	device_driver_attach: ['flags'],
	device_release_driver: ALL,
};
