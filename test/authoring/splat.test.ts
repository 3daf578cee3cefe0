// SPDX-License-Identifier: MIT
/** Kernel logs as x86 and arm64 write them, with and without times and callers. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { findingsOfSplat, LOG_LIMIT, readSplat, type Splat } from '../../runner/authoring/splat';
import { InvalidFile } from '../../runner/library/diagnostic';
import { packageRoot } from '../../runner/text/package-root';

const folder = join(packageRoot, 'test/fixtures/splats');
const read = (name: string): Splat => readSplat(name, readFileSync(join(folder, name)));

const expected: Readonly<Record<string, Splat & { calls: string[] }>> = {
	'x86-warn-6.12.txt': {
		headline: 'WARNING: CPU: 1 PID: 2211 at drivers/dax/super.c:120 fs_put_dax+0x5c/0x70 [dax]',
		place: 'drivers/dax/super.c:120',
		function: 'fs_put_dax',
		task: 'umount',
		kernel: '6.12.117+deb12-amd64',
		traces: [['xfs_free_buftarg', 'xfs_mount_free', 'deactivate_locked_super', 'do_syscall_64']],
		calls: ['fs_put_dax'],
	},
	'x86-oops-caller-ids.txt': {
		headline: 'BUG: kernel NULL pointer dereference, address: 0000000000000000',
		task: 'memory_failure',
		kernel: '6.1.0-13-amd64',
		traces: [['dax_holder_notify_failure', 'pmem_pagemap_memory_failure', 'memory_failure']],
		calls: ['dax_holder_notify_failure'],
	},
	'x86-warn-new-form.txt': {
		headline: 'WARNING: drivers/dax/super.c:131 at fs_put_dax+0x47/0x60, CPU#2: umount/1902',
		place: 'drivers/dax/super.c:131',
		function: 'fs_put_dax',
		task: 'umount',
		kernel: '6.19.0-rc1-00042-gabcdef012345',
		traces: [['kill_dax']],
		calls: ['fs_put_dax', 'kill_dax'],
	},
	'arm64-warn-no-times.txt': {
		headline: 'WARNING: CPU: 3 PID: 77 at drivers/dax/super.c:497 dax_destroy_inode+0x2c/0x40',
		place: 'drivers/dax/super.c:497',
		function: 'dax_destroy_inode',
		task: 'kworker/3:1',
		kernel: '6.14.0-rc2',
		traces: [['dax_destroy_inode', 'destroy_inode', 'iput', 'put_dax', 'pmem_release_disk']],
		calls: ['put_dax'],
	},
	'arm64-oops-syslog.txt': {
		headline:
			'Unable to handle kernel NULL pointer dereference at virtual address 0000000000000008',
		function: 'fs_dax_get_by_bdev',
		task: 'mount',
		kernel: '6.6.30',
		traces: [['fs_dax_get_by_bdev', 'xfs_alloc_buftarg', 'xfs_open_devices']],
		calls: ['fs_dax_get_by_bdev'],
	},
	'kasan.txt': {
		headline: 'BUG: KASAN: slab-use-after-free in kill_dax+0x9c/0x120',
		function: 'kill_dax',
		task: 'sh',
		kernel: '6.12.1',
		traces: [['dump_stack_lvl', 'kasan_report', 'kill_dax', 'unregister_dev_dax']],
		calls: ['kill_dax'],
	},
	'kcsan.txt': {
		headline: 'BUG: KCSAN: data-race in dax_holder_notify_failure / fs_put_dax',
		function: 'dax_holder_notify_failure',
		task: 'poison',
		kernel: '6.12.1',
		traces: [
			['fs_put_dax', 'xfs_free_buftarg'],
			['dax_holder_notify_failure', 'memory_failure'],
		],
		calls: ['dax_holder_notify_failure', 'fs_put_dax'],
	},
	'hung-task.txt': {
		headline: 'INFO: task umount:1300 blocked for more than 120 seconds.',
		task: 'umount',
		kernel: '6.12.117',
		traces: [['__schedule', 'synchronize_srcu', 'kill_dax']],
		calls: ['kill_dax'],
	},
};

t.same(
	readdirSync(folder).sort(),
	Object.keys(expected).sort(),
	'every fixture has an expectation',
);

for (const [name, { calls, ...splat }] of Object.entries(expected))
	t.test(name, async (t) => {
		t.same(read(name), splat);
		t.same(findingsOfSplat(read(name)).calls, calls);
		const crlf = readFileSync(join(folder, name), 'utf8').replaceAll('\n', '\r\n');
		t.same(readSplat(name, Buffer.from(crlf)), splat, 'with the line ends of a serial line');
	});

t.test('marks the facts that a log does not give', async (t) => {
	const { about, links, title, reported } = findingsOfSplat(
		readSplat('short', Buffer.from('[    1.0] Oops: 0000 [#1] SMP\n')),
	);
	t.same(
		about.filter((line) => line.includes('the log does not say')).map((line) => line.split(':')[0]),
		['in', 'at', 'task', 'kernel', 'call trace'],
	);
	t.match({ links, title, reported }, { links: [], title: undefined, reported: false });
});

t.test('refuses a log without a splat, and one that is too large', async (t) => {
	const refused: [string, string | Buffer, RegExp][] = [
		['nothing', '', /E_SPLAT: no WARNING, BUG or Oops/],
		['harmless', '[    1.0] dax: WARNINGS are off\nBUGS: none\n', /E_SPLAT/],
		['large', Buffer.alloc(LOG_LIMIT + 1, 'x'), /E_SIZE: the log has more than \d+ bytes/],
	];
	for (const [name, log, message] of refused)
		t.throws(() => readSplat(name, Buffer.from(log)), { constructor: InvalidFile, message }, name);
});
