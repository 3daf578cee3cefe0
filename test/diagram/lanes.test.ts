// SPDX-License-Identifier: MIT
/** Lanes compared with their executions. */
import t from 'tap';
import type { Execution } from '../../implementations/implementation';
import { lanes } from '../../runner/diagram/lanes';
import type { Event } from '../../schema/types/execution';
import { caseOf, reference } from '../cases';

/** Lanes and execution of a case on a revision, under one schedule. */
async function drawn(id: string, name: string, schedule: number[]) {
	const { program } = await caseOf(id);
	const [execution] = (await reference(name).execute(program, [schedule])) as [Execution];
	return { ...lanes(program, execution), execution };
}

t.test('shows the put/get race with the write that each read saw', async (t) => {
	const { threads, start, steps } = await drawn(
		'DAXV-0001/fs_dax_get_by_bdev',
		'v6.12-stable',
		[0, 0, 1],
	);
	t.strictSame(threads, ['release', 'claim']);
	t.strictSame(start, { alive: true, holder: 'A', ops: 'A' });
	t.strictSame(steps[0], { lane: 0, depth: 0, op: 'call', object: 'fs_put_dax', args: 'A' });
	const claim = steps.find(({ lane, object }) => lane === 1 && object === 'holder_data');
	t.match(claim, { depth: 1, op: 'rmw', old: null, new: 'B', saw: 1 }, 'the release cleared it');
	t.match(steps[1], { object: 'holder_data', op: 'rmw', old: 'A', new: null, saw: null });
	const plain = steps.filter((step) => step.plain);
	t.strictSame(
		plain.map(({ object, new: value }) => [object, value]),
		[
			['holder_ops', 'B'],
			['holder_ops', null],
		],
	);
	t.notOk(
		plain.some((step) => 'saw' in step),
		'a write has no write that it saw',
	);
});

t.test('links a read to the later of two writes of the same value', async (t) => {
	const { program } = await caseOf('DAXV-0001/fs_dax_get');
	const [execution] = (await reference().execute(program, [[]])) as [Execution];
	const [event] = execution.events;
	const access = (op: Event['op'], old: string | null, value: string | null): Event => ({
		...event!,
		op,
		object: 'holder_ops',
		old,
		new: value,
	});
	const events = [
		access('write', 'A', 'B'),
		access('write', 'B', null),
		access('rmw', null, null),
		access('write', null, 'B'),
		access('read', 'B', null),
		access('read', 'X', null),
	];
	const { steps } = lanes(program, { ...execution, events });
	t.strictSame(
		steps.map(({ saw }) => saw),
		[undefined, undefined, 1, undefined, 3, null],
	);
});

t.test('warnings, faults and waits are steps of the lane that caused them', async (t) => {
	const warned = await drawn('DAXV-0020', 'v3', []);
	const warning = warned.steps.findIndex(({ op }) => op === 'warn');
	t.match(warned.steps[warning], { object: 'fs_put_dax' });
	t.equal(warned.steps[warning]!.lane, warned.steps[warning - 1]!.lane);
	const nulled = await drawn('DAXV-0031', 'v6.0', [1, 1, 1, 1, 0, 0, 0, 0, 0]);
	t.match(
		nulled.steps.find(({ op }) => op === 'fault'),
		{ object: 'null-dereference' },
	);
	const waits = await drawn('DAXV-0047', 'merged', []);
	t.match(waits.steps.at(-1), { op: 'wait', object: 'sync-end of dax_srcu' });
});
