// SPDX-License-Identifier: MIT
/** New warnings or taints in the kernel log make the running vector a crash and end the guest. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { openKernel } from '../../implementations/kernel';
import { remote } from '../../implementations/kernel/ssh';
import { decide } from '../../runner/decide/decide';
import { caseOf, OPTIONS } from '../cases';
import { debianTree } from '../native/debian';
import { editedTree } from '../native/edits';
import { needs } from '../needs';
import { breakable } from './machines';

const LIVE = needs('live kernel');

const options = { ...OPTIONS, timeout: 300_000 };
const { implementation, guest, started } = breakable();
t.teardown(() => implementation.close?.());

const easy = () => caseOf('DAXV-0003/fs_dax_get_by_bdev');
const shell = (line: string) => remote(guest().destination, line);

/**
 * Runs a shell line in the guest while a vector is decided repeatedly; gives the verdict of the vector that was
 * running.
 */
async function under(line: string) {
	const test = await easy();
	let said = false;
	const saying = shell(line)
		.catch(() => {})
		.finally(() => {
			said = true;
		});
	for (;;) {
		const last = said;
		const result = await decide(test, implementation, options);
		if (result.verdict === 'pass' && !last) continue;
		await saying;
		return result;
	}
}

const start = async (t: Test) => {
	t.equal(implementation.obstacle, undefined);
	t.match(await decide(await easy(), implementation, options), { verdict: 'pass' });
};

t.test(
	'a report in the log is a crash, and the next vector is decided in another guest',
	LIVE,
	async (t) => {
		await start(t);
		const before = started();
		const line = 'BUG: KASAN: slab-use-after-free in fs_put_dax';
		const verdict = await under(`echo '${line}' >/dev/kmsg`);
		t.match(verdict, { verdict: 'crash', failures: [] });
		t.match(
			verdict.reason,
			`new warnings or taints in the kernel log after an execution:\n${line}\nconsole:`,
		);
		t.match(await decide(await easy(), implementation, options), { verdict: 'pass' });
		t.equal(started(), before + 1);
	},
);

t.test('recognises each kind of report', LIVE, async (t) => {
	for (const line of [
		'WARNING: possible circular locking dependency detected',
		'INFO: task dax-vectors/1:12 blocked for more than 120 seconds.',
		'rcu: INFO: rcu_preempt self-detected stall on CPU',
		'Oops: general protection fault, probably for non-canonical address: 0000 [#1] SMP',
	]) {
		await start(t);
		const { verdict, reason } = await under(`echo '${line}' >/dev/kmsg`);
		t.equal(verdict, 'crash', line);
		t.ok(reason.includes(line), line);
	}
});

t.test('ignores log lines that are not reports', LIVE, async (t) => {
	await start(t);
	for (const line of ['BUG: KCSAN: data-race in fs_put_dax / kill_dax', 'a DEBUG: WARNING: x'])
		t.match(await under(`echo '${line}' >/dev/kmsg`), { verdict: 'pass' }, line);
});

t.test('a WARN that no probe saw is a crash', LIVE, async (t) => {
	await start(t);
	const line = 'WARNING: CPU: 1 PID: 7 at fs/inode.c:1 iput+0x1/0x2';
	const { verdict, reason } = await under(`echo '${line}' >/dev/kmsg`);
	t.equal(verdict, 'crash');
	t.ok(reason.includes(`${line}\nWARNs of the program: 0, in the log: 1`), reason);
});

t.test('a new taint is a crash', LIVE, async (t) => {
	await start(t);
	const { verdict, reason } = await under('echo 64 >/proc/sys/kernel/tainted');
	t.match({ verdict, reason }, { verdict: 'crash', reason: /taint: 0x[0-9a-f]+, before: 0x/ });
});

t.test('a report between two programs is shown with the next one', LIVE, async (t) => {
	await start(t);
	await shell("echo 'BUG: late' >/dev/kmsg");
	const next = await decide(await caseOf('DAXV-0056'), implementation, options);
	t.match(next, { verdict: 'crash', reason: /kernel log between two programs:\nBUG: late\n/ });
});

t.test('code under test that sleeps in atomic context is a crash', LIVE, async (t) => {
	const sleep = 'schedule_timeout_uninterruptible(1);';
	const tree = editedTree(debianTree('6.12'), mkdtempSync(join(tmpdir(), 'dax-atomic-')), [
		{
			in: 'put_dax',
			from: '\tif (!dax_dev)',
			to: `\tpreempt_disable();\n\t${sleep}\n\tpreempt_enable();\n\tif (!dax_dev)`,
		},
	]);
	t.teardown(() => rmSync(tree, { recursive: true }));
	const kernel = openKernel(`super=${tree}`);
	t.equal(kernel.obstacle, undefined);
	const verdict = await decide(await caseOf('DAXV-0056'), kernel, options);
	t.match(verdict, { verdict: 'crash', reason: /BUG: scheduling while atomic: dax-vectors/ });
	await kernel.close?.();
});
