// SPDX-License-Identifier: MIT
/** Lines of trace_pipe become observations. */
import t from 'tap';
import { probeName } from '../../implementations/kernel/tracing/parse';
import { linesOf, parsed } from './recorded';

const CALL =
	'  a b-1-7     [000] .....     3: fs_put_dax: (fs_put_dax+0x4/0x50) device=0x10 holder=0x20 command="a b-1" holder_data=0x20 holder_ops=0x30 state=0x1f';
const FRAMES = [
	'   a b-1-7  [000] .....   4: <stack trace>',
	' => fs_put_dax+0x9/0x50',
	' => f+0x3d/0x70 [xfs]',
];
const RETURN =
	'   a b-1-7 [001] .N...  5: fs_put_dax_return: (f+0x3d/0x70 [xfs] <- fs_put_dax) holder_data=0x0 holder_ops=0x0 state=0x1e';

t.test('a call has its arguments, its fields, its task and its stack', async (t) => {
	const [call, back] = parsed([CALL, ...FRAMES, RETURN]).observations;
	t.same(call, {
		kind: 'call',
		task: 7,
		order: 3,
		name: 'fs_put_dax',
		values: { device: '0x10', holder: '0x20' },
		fields: { holder: 0x20n, ops: 0x30n, alive: true },
		command: 'a b-1',
		stack: ['fs_put_dax+0x9/0x50', 'f+0x3d/0x70 [xfs]'],
	});
	t.match(back, { kind: 'return', name: 'fs_put_dax', order: 5, fields: { alive: false } });
	t.same(back?.stack, []);
});

t.test('zeros that the kernel reads at a NULL device are no fields', async (t) => {
	const line = RETURN.replace('holder_data', 'device=0x0 holder_data');
	t.equal(parsed([line]).observations[0]?.fields, undefined);
});

t.test('a WARN has its function, a callback its own name', async (t) => {
	const warn =
		' sh-1 [000] d.... 9: warn: (__warn+0x4/0xd0) file="drivers/dax/super.c" line=391 where=dax_destroy_inode+0x35/0x40';
	const callback =
		' sh-1 [000] ..... 10: callback_2: (xfs_dax_notify_failure+0x4/0x1bc [xfs]) device=0x10 offset=0 length=18446744073709551615 flags=0x80 command="sh"';
	const [first, second] = parsed([warn, callback]).observations;
	t.match(first, { kind: 'warning', name: 'dax_destroy_inode', values: { line: '391' } });
	t.match(second, { kind: 'callback', name: 'xfs_dax_notify_failure', values: { flags: '0x80' } });
});

t.test('lost events and lines that are no events are kept apart', async (t) => {
	const parser = parsed(['CPU:3 [LOST 12 EVENTS]', 'something else', CALL]);
	t.same(parser.lost, [12]);
	t.same(parser.unknown, ['something else']);
	t.equal(parser.observations.length, 1);
});

t.test('nothing after the marker of the end belongs to the trace', async (t) => {
	const end = ' sh-1 [000] ..... 60: tracing_mark_write+0xdf/0x280: end';
	const parser = parsed([CALL, end, CALL, 'half a li']);
	t.ok(parser.isAtEnd);
	t.equal(parser.observations.length, 1);
	t.same(parser.unknown, []);
});

t.test('a recorded trace has no line that is unknown', async (t) => {
	for (const name of ['callers-6.12.txt', 'removal-6.12.txt']) {
		const parser = parsed(linesOf(name));
		t.same(parser.unknown, [], name);
		t.ok(parser.isAtEnd, name);
	}
});

t.test('a callback is named as a kprobe event takes it', async (t) => {
	t.equal(probeName('xfs_dax_notify_failure+0x0/0x1bc [xfs]'), 'xfs:xfs_dax_notify_failure');
	t.equal(probeName('famfs_notify+0x0/0x10'), 'famfs_notify');
	// A pointer into the middle of a function, and NULL.
	t.equal(probeName('famfs_notify+0x4/0x10'), undefined);
	t.equal(probeName('0x0'), undefined);
});
