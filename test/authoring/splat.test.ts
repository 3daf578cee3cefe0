// SPDX-License-Identifier: MIT
/** Kernel logs as x86, arm64 and powerpc write them, raw and decoded, with and without times and callers. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { callsOf } from '../../runner/authoring/findings';
import { traceText } from '../../runner/authoring/splat/frames';
import {
	concernsDax,
	findingsOfSplat,
	LOG_LIMIT,
	readSplats,
	type Splat,
	splatLines,
} from '../../runner/authoring/splat/read';
import { InvalidFile } from '../../runner/library/diagnostic';
import { packageRoot } from '../../runner/text/package-root';

const folder = join(packageRoot, 'test/fixtures/splats');
const textOf = (name: string): string => readFileSync(join(folder, name), 'utf8');

/** The splat of a file, without lines of the source, and its traces as text. */
type Expected = Omit<Splat, 'traces' | 'from' | 'to'> & { traces: string[]; calls: string[] };

function read(text: string): Expected[] {
	return readSplats('x', Buffer.from(text)).map((splat) => {
		const { from, to, traces, ...facts } = splat;
		return { ...facts, traces: traces.map(traceText), calls: callsOf(findingsOfSplat(splat)) };
	});
}

const expected: Readonly<Record<string, Expected | readonly Expected[]>> = {
	'x86-warn-6.12.txt': {
		headline: 'WARNING: CPU: 1 PID: 2211 at drivers/dax/super.c:120 fs_put_dax+0x5c/0x70 [dax]',
		place: 'drivers/dax/super.c:120',
		function: 'fs_put_dax',
		task: 'umount',
		kernel: '6.12.117+deb12-amd64',
		traces: [
			'call trace: xfs_free_buftarg < xfs_mount_free < deactivate_locked_super < do_syscall_64',
		],
		calls: ['fs_put_dax'],
	},
	'x86-oops-caller-ids.txt': {
		headline: 'BUG: kernel NULL pointer dereference, address: 0000000000000000',
		task: 'memory_failure',
		kernel: '6.1.0-13-amd64',
		traces: [
			'call trace: dax_holder_notify_failure < pmem_pagemap_memory_failure < memory_failure',
		],
		calls: ['dax_holder_notify_failure'],
	},
	'x86-warn-new-form.txt': {
		headline: 'WARNING: drivers/dax/super.c:131 at fs_put_dax+0x47/0x60, CPU#2: umount/1902',
		place: 'drivers/dax/super.c:131',
		function: 'fs_put_dax',
		task: 'umount',
		kernel: '6.19.0-rc1-00042-gabcdef012345',
		traces: ['call trace: kill_dax'],
		calls: ['fs_put_dax', 'kill_dax'],
	},
	'arm64-warn-no-times.txt': {
		headline: 'WARNING: CPU: 3 PID: 77 at drivers/dax/super.c:497 dax_destroy_inode+0x2c/0x40',
		place: 'drivers/dax/super.c:497',
		function: 'dax_destroy_inode',
		task: 'kworker/3:1',
		kernel: '6.14.0-rc2',
		traces: ['call trace: dax_destroy_inode < destroy_inode < iput < put_dax < pmem_release_disk'],
		calls: ['put_dax'],
	},
	'arm64-oops-syslog.txt': {
		headline:
			'Unable to handle kernel NULL pointer dereference at virtual address 0000000000000008',
		function: 'fs_dax_get_by_bdev',
		task: 'mount',
		kernel: '6.6.30',
		traces: ['call trace: fs_dax_get_by_bdev < xfs_alloc_buftarg < xfs_open_devices'],
		calls: ['fs_dax_get_by_bdev'],
	},
	'kasan.txt': {
		headline: 'BUG: KASAN: slab-use-after-free in kill_dax+0x9c/0x120',
		function: 'kill_dax',
		task: 'sh',
		kernel: '6.12.1',
		traces: ['call trace: kill_dax < unregister_dev_dax'],
		calls: ['kill_dax'],
	},
	'kcsan.txt': {
		headline: 'BUG: KCSAN: data-race in dax_holder_notify_failure / fs_put_dax',
		function: 'dax_holder_notify_failure',
		task: 'poison',
		kernel: '6.12.1',
		traces: [
			'write: fs_put_dax < xfs_free_buftarg',
			'read: dax_holder_notify_failure < memory_failure',
		],
		calls: ['dax_holder_notify_failure', 'fs_put_dax'],
	},
	'hung-task.txt': {
		headline: 'INFO: task umount:1300 blocked for more than 120 seconds.',
		task: 'umount',
		kernel: '6.12.117',
		traces: ['call trace: __schedule < synchronize_srcu < kill_dax'],
		calls: ['kill_dax'],
	},
	'inlined.txt': {
		headline: 'BUG: KASAN: slab-use-after-free in kill_dax+0x30b/0x3e0 drivers/dax/super.c:499',
		place: 'drivers/dax/super.c:499',
		function: 'kill_dax',
		task: 'kworker/0:4',
		kernel: '6.15.0-rc5-example-00123-gabcdef012345',
		traces: [
			'call trace: example_inline (include/linux/dax.h:141) < kill_dax (drivers/dax/super.c:499) < unregister_dev_dax (drivers/dax/bus.c:400)',
			'freed by task 77: kfree (mm/slub.c:4791) < dax_destroy_inode (drivers/dax/super.c:630)',
		],
		calls: ['kill_dax'],
	},
	'decoded.txt': {
		headline:
			'WARNING: CPU: 1 PID: 2211 at drivers/dax/super.c:120 fs_put_dax (drivers/dax/super.c:120 (discriminator 1)) dax',
		place: 'drivers/dax/super.c:120',
		function: 'fs_put_dax',
		task: 'umount',
		kernel: '6.12.117',
		traces: [
			'call trace: fs_put_dax (drivers/dax/super.c:120) < xfs_free_buftarg (fs/xfs/xfs_buf.c:1950)',
		],
		calls: ['fs_put_dax'],
	},
	'proc-stack.txt': {
		headline: 'a stack without a headline',
		traces: [
			'stack: __synchronize_srcu < kill_dax < pmem_release_disk < entry_SYSCALL_64_after_hwframe',
		],
		calls: ['kill_dax'],
	},
	'objects-remaining.txt': {
		headline:
			'BUG dax_cache (Tainted: G        W         ): Objects remaining in dax_cache on __kmem_cache_shutdown()',
		task: 'rmmod',
		kernel: '6.6.30',
		traces: [
			'call trace: slab_err < kmem_cache_destroy < dax_core_exit < __do_sys_delete_module',
			'allocated: dax_alloc_inode < kmem_cache_alloc_lru < alloc_dax',
		],
		calls: ['alloc_dax'],
	},
	'wrapped.txt': {
		headline: 'WARNING: CPU: 1 PID: 2211 at drivers/dax/super.c:120 fs_put_dax+0x5c/0x70 [dax]',
		message: 'refcount_t: underflow; use-after-free.',
		place: 'drivers/dax/super.c:120',
		function: 'fs_put_dax',
		task: 'umount',
		kernel: '6.12.117+deb12-amd64',
		traces: ['call trace: xfs_free_buftarg'],
		calls: ['fs_put_dax'],
	},
	'powerpc-oops.txt': {
		headline: 'BUG: Kernel NULL pointer dereference on read at 0x00000008',
		function: 'fs_dax_get',
		task: 'mount',
		kernel: '6.6.30',
		traces: ['call trace: fs_dax_get < xfs_alloc_buftarg'],
		calls: ['fs_dax_get'],
	},
	'several.txt': [
		{
			headline: 'WARNING: CPU: 0 PID: 9 at drivers/usb/core/urb.c:503 usb_submit_urb+0x2f/0x60',
			place: 'drivers/usb/core/urb.c:503',
			function: 'usb_submit_urb',
			task: 'kworker/0:1',
			kernel: '6.14.0-rc2',
			traces: ['call trace: usb_start_wait_urb'],
			calls: [],
		},
		{
			headline: 'BUG: kernel NULL pointer dereference, address: 0000000000000000',
			kernel: '6.14.0-rc2',
			traces: ['call trace: dax_holder_notify_failure < memory_failure'],
			calls: ['dax_holder_notify_failure'],
		},
		{
			headline: 'watchdog: BUG: soft lockup - CPU#1 stuck for 26s! [umount:1300]',
			function: 'kill_dax',
			task: 'umount',
			kernel: '6.14.0-rc2',
			traces: [],
			calls: ['kill_dax'],
		},
	],
};

t.same(
	readdirSync(folder).sort(),
	Object.keys(expected).sort(),
	'every fixture has an expectation',
);

for (const [name, facts] of Object.entries(expected))
	t.test(name, async (t) => {
		const splats = [facts].flat();
		const text = textOf(name);
		t.same(read(text), splats);
		t.same(read(text.replaceAll('\n', '\r\n')), splats, 'with the line ends of a serial line');
		const quoted = text.replace(/^/gm, '> ');
		t.same(read(quoted), splats, 'quoted in a mail');
		// A log without its last lines still has facts, and never those of another splat.
		for (const [at, line] of text.split('\n').entries())
			if (/end trace|<\/TASK>/.test(line))
				t.same(read(text.split('\n').toSpliced(at, 1).join('\n')), splats, `without ${line}`);
	});

t.test('tells splats apart that follow each other without an end', async (t) => {
	const names = ['x86-oops-caller-ids.txt', 'kasan.txt', 'hung-task.txt', 'x86-warn-new-form.txt'];
	const text = names.map((name) => textOf(name).replace(/^.*end trace.*\n/gm, '')).join('');
	t.same(
		read(text).map(({ headline }) => headline),
		names.map((name) => (expected[name] as Expected).headline),
	);
});

t.test('a line without a time that begins a section of a splat continues no line', async (t) => {
	const log = '[ 1.0] Oops: 1\nCall Trace:\n[ 1.0]  kill_dax+0x1/0x2\n[ 1.0]  caller+0x1/0x2\n';
	t.match(read(log), [{ headline: 'Oops: 1', traces: ['call trace: kill_dax < caller'] }]);
	const bare = 'Oops: 1\nCPU: 1 Comm: a Not tainted 6.1.0\nCall Trace:\n kill_dax+0x1/0x2\n';
	t.match(read(bare), [{ task: 'a', traces: ['call trace: kill_dax'] }]);
});

t.test('prose below a splat of a mail is not part of it', async (t) => {
	const prose =
		'Reproduced three times.\n\nThe second release is the culprit [1].\n\n[1] example.org\n';
	for (const name of ['arm64-warn-no-times.txt', 'x86-warn-6.12.txt', 'decoded.txt']) {
		const text = textOf(name).replace(/^.*end trace.*\n/gm, '');
		const [splat] = readSplats(name, Buffer.from(`Hello,\n\n${text}\n${prose}`));
		t.equal(splat.to, text.split('\n').length + 1, name);
	}
});

t.test('a call trace is kept to the frame that names drivers/dax', async (t) => {
	const frames = Array.from({ length: 90 }, (_, index) => ` outer_function_${index}+0x1/0x2`);
	const log = [
		'Oops: 0000 [#1] SMP',
		'Call Trace:',
		...frames,
		' kill_dax+0x1/0x2',
		' caller+0x1/0x2',
	];
	const [splat] = readSplats('deep', Buffer.from([...log, ' a+0x1/0x2', ' b+0x1/0x2'].join('\n')));
	t.ok(concernsDax(splat));
	const lines = splatLines(splat);
	t.match(
		lines.join(' ').replace(/\s+/g, ' '),
		/call trace: outer_function_0 < .* < kill_dax < caller < 2 more$/,
	);
	for (const line of lines) t.ok(line.length <= 110, line);
	const [other] = readSplats(
		'other',
		Buffer.from(['Oops: 1', 'Call Trace:', ...frames].join('\n')),
	);
	t.match(traceText(other.traces[0]!), /^call trace: (outer_function_\d < ){8}82 more$/);
});

t.test('says which facts a log does not give, and none that it gives', async (t) => {
	const missing = (text: string) =>
		splatLines(readSplats('x', Buffer.from(text))[0])
			.filter((line) => line.includes('the log does not say'))
			.map((line) => line.split(':')[0]);
	t.same(missing('[    1.0] Oops: 0000 [#1] SMP\n'), ['in', 'at', 'task', 'kernel', 'call trace']);
	t.same(missing(textOf('decoded.txt')), []);
	t.same(missing(textOf('several.txt').replace(/^.*usb.*\n/gm, '')), ['at', 'task']);
	t.same(missing(textOf('proc-stack.txt')), ['at', 'task', 'kernel']);
	const { links, title, reported } = findingsOfSplat(
		readSplats('x', Buffer.from(textOf('kasan.txt')))[0],
	);
	t.match({ links, title, reported }, { links: [], title: undefined, reported: false });
});

t.test('refuses a log without a splat, and one that is too large', async (t) => {
	const refused: [string, string | Buffer, RegExp][] = [
		['nothing', '', /E_SPLAT: no WARNING, BUG, Oops or stack/],
		['harmless', '[    1.0] dax: WARNINGS are off\nBUGS: none\n', /E_SPLAT/],
		['large', Buffer.alloc(LOG_LIMIT + 1, 'x'), /E_SIZE: the log has more than \d+ bytes/],
	];
	for (const [name, log, message] of refused)
		t.throws(() => readSplats(name, Buffer.from(log)), { constructor: InvalidFile, message }, name);
});
