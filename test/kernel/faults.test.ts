// SPDX-License-Identifier: MIT
/** A guest that panics, hangs or is killed costs one vector: the run continues, and no process or file is left. */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import t, { type Test } from 'tap';
import { debianKernel } from '../../implementations/kernel/debian/kernel';
import { boot } from '../../implementations/kernel/guest';
import { buildModule } from '../../implementations/kernel/module';
import { remote } from '../../implementations/kernel/ssh';
import { decide } from '../../runner/decide/decide';
import { packageRoot } from '../../runner/text/package-root';
import { caseOf, OPTIONS } from '../cases';
import { debianTree } from '../native/debian';
import { editedTree } from '../native/edits';
import { revisionTree } from '../native/revisions';
import { needs, willRun } from '../needs';
import { type Breakable, bootAlone, breakable } from './machines';

const LIVE = needs('live kernel');

const options = { ...OPTIONS, timeout: 300_000 };
const { implementation, guest, started } = breakable();
t.teardown(() => implementation.close?.());

/** Lines that a kernel logs when something is wrong. */
const TROUBLE = /stall|lockup|hung task|BUG|Oops|WARNING/;

const easy = () => caseOf('DAXV-0003/fs_dax_get_by_bdev');
const runs = (pid: number): boolean =>
	existsSync(`/proc/${pid}`) && !/^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'latin1'));

/** Breaks the guest while a vector is decided repeatedly; gives the verdict of the vector that was running. */
async function during(happening: () => unknown) {
	const long = await caseOf('DAXV-0056');
	let happened = false;
	setTimeout(async () => {
		await happening();
		happened = true;
	}, 300);
	for (;;) {
		const last = happened;
		const result = await decide(long, implementation, options);
		if (result.verdict !== 'fail' || last) return result;
	}
}

/** Decides a vector on a guest of its own, then another vector. */
async function alone(t: Test, { implementation, started }: Breakable, id: string) {
	t.equal(implementation.obstacle, undefined);
	const result = await decide(await caseOf(id), implementation, options);
	t.match(await decide(await easy(), implementation, options), { verdict: 'pass', reason: '' });
	t.equal(started(), 2, 'another guest for the next');
	await implementation.close?.();
	return result;
}

t.before(async () => {
	if (!willRun('live kernel')) return;
	t.equal(implementation.obstacle, undefined);
	t.match(await decide(await easy(), implementation, options), { verdict: 'pass', reason: '' });
});

t.test('a panic is a crash with the console, and the next vector is decided', LIVE, async (t) => {
	const { pid, destination } = guest();
	const verdict = await during(() =>
		remote(destination, 'echo c >/proc/sysrq-trigger').catch(() => {}),
	);
	t.match(verdict, {
		verdict: 'crash',
		reason: /the connection to the kernel is lost.*Kernel panic/s,
	});
	t.equal(verdict.reason.split('\n').length, 23, 'the cause, and 20 lines');
	t.notOk(runs(pid), 'the guest has ended');
	t.match(await decide(await easy(), implementation, options), { verdict: 'pass', reason: '' });
	t.equal(started(), 2);
});

t.test('exhausted memory is a crash, and the next vector is decided', LIVE, async (t) => {
	const before = started();
	const fill = 'mount -t ramfs none /tmp && dd if=/dev/zero of=/tmp/full bs=1M';
	const verdict = await during(() => remote(guest().destination, fill).catch(() => {}));
	t.match(verdict, {
		verdict: 'crash',
		reason: /the connection to the kernel is lost.*panic.*Out of memory/s,
	});
	t.match(await decide(await easy(), implementation, options), { verdict: 'pass', reason: '' });
	t.equal(started(), before + 1);
});

t.test('a WARN under panic_on_warn is a crash, and the next vector is decided', LIVE, async (t) => {
	const { verdict, reason } = await alone(
		t,
		breakable(revisionTree('v3'), ['panic_on_warn=1']),
		'DAXV-0020',
	);
	t.equal(verdict, 'crash');
	t.match(reason, /Kernel panic - not syncing: (kernel: )?panic_on_warn set/);
});

t.test(
	'a wild access in the code under test is a crash, and the next vector is decided',
	LIVE,
	async (t) => {
		const folder = mkdtempSync(join(tmpdir(), 'dax-wild-'));
		t.teardown(() => rmSync(folder, { recursive: true }));
		const tree = editedTree(debianTree('6.12'), folder, [
			{
				in: 'dax_holder_notify_failure',
				from: '\tif (!ops) {',
				to: '\tWRITE_ONCE(*(int *)0xdead0000, 1);\n\tif (!ops) {',
			},
		]);
		const { verdict, reason } = await alone(t, breakable(tree), 'DAXV-0030');
		t.equal(verdict, 'crash');
		t.match(reason, /BUG: unable to handle page fault for address: 0*dead0000\n/);
	},
);

t.test('a module that cannot be loaded is not-run, with the reason', LIVE, async (t) => {
	const kernel = debianKernel('6.12');
	const modules = [buildModule(kernel), buildModule(kernel)];
	await t.rejects(boot(kernel, { modules }), {
		message: /^a module cannot be loaded in the guest:\n.*File exists/s,
		obstacle: { verdict: 'not-run' },
	});
});

t.test('a killed QEMU is a crash, and the next vector is decided', LIVE, async (t) => {
	const before = started();
	t.match(await during(() => process.kill(guest().pid, 'SIGKILL')), { verdict: 'crash' });
	t.match(await decide(await easy(), implementation, options), { verdict: 'pass', reason: '' });
	t.equal(started(), before + 1);
});

t.test('a guest that hangs once is replaced, and the vector is decided', LIVE, async (t) => {
	await decide(await easy(), implementation, options);
	const { pid } = guest();
	const before = started();
	t.match(await during(() => process.kill(pid, 'SIGSTOP')), { verdict: 'fail' });
	t.equal(started(), before + 1);
	t.notOk(runs(pid), 'the guest that hung has ended');
});

t.test('a paused guest still decides the vector', LIVE, async (t) => {
	await decide(await easy(), implementation, options);
	const { pid } = guest();
	const before = started();
	const verdict = await during(async () => {
		process.kill(pid, 'SIGSTOP');
		await sleep(4_000);
		process.kill(pid, 'SIGCONT');
	});
	t.match(verdict, { verdict: 'fail', completeness: { kind: 'exhaustive' } });
	t.equal(started(), before);
});

t.test(
	'the module refuses a second load, a second user, and unloading under a program',
	LIVE,
	async (t) => {
		const shell = (line: string) => remote(guest().destination, `exec 2>&1; ${line}; true`);
		await decide(await easy(), implementation, options);
		t.match(await shell('insmod /modules/*dax-vectors.ko'), /File exists/);
		t.match(await shell('echo hello >/dev/dax-vectors'), /busy/i);
		t.match(await shell('rmmod dax_vectors'), /temporarily unavailable|busy/i);
		t.notMatch(await shell('dmesg'), TROUBLE);
	},
);

t.test(
	'the module refuses garbage and oversized programs, and can be reloaded',
	LIVE,
	async (t) => {
		const { destination, stop } = await bootAlone();
		const shell = (line: string) => remote(destination, `exec 2>&1; ${line}; true`);
		const say = (...lines: string[]) =>
			shell(
				`printf '%s\\n' ${lines.map((line) => `'${line}'`).join(' ')} >/tmp/lines; exec 3<>/dev/dax-vectors; cat /tmp/lines >&3; timeout 1 cat <&3 2>/dev/null`,
			);
		t.match(await say('nonsense', '', '\xff'), /^(error no such word\n){3}/);
		t.match(await say('run 0'), /error there is no program\nend/);
		t.match(await say('program', 'ready'), /error a program without threads/);
		const threads = Array.from({ length: 9 }, (_, index) => `thread t${index}`);
		t.match(await say('program', ...threads, 'ready'), /error more threads than processors/);
		const calls = Array.from({ length: 17 }, () => 'call 1 dax_holder = - - 0 0 0 -');
		t.match(await say('program', 'thread t', ...calls, 'ready'), /error too many calls/);
		t.match(
			await say('program', 'thread t', 'call 1 fs_dax_get = - - 0 0 0 -', 'ready'),
			/no such call/,
		);
		const reload = 'rmmod dax_vectors && insmod /modules/*dax-vectors.ko';
		t.equal(await shell(`${reload} && ${reload} && echo again`), 'again\n');
		const program = [
			'program',
			'device 1 - - 1',
			'thread t',
			'call 1 put_dax = - - 0 0 0 -',
			'ready',
		];
		t.match(await say(...program, 'run', 'run 0 0'), /free dax_device[\s\S]*end\n[\s\S]*end\n/);
		t.equal(await shell(`${reload} && echo again`), 'again\n');
		t.notMatch(await shell("dmesg | grep -v 'super.c:'"), /stall|lockup|hung task|BUG|Oops/);
		await stop();
	},
);

for (const signal of ['SIGINT', 'SIGTERM', 'SIGKILL'] as const)
	t.test(`a runner that ends by ${signal} leaves nothing running`, LIVE, async (t) => {
		const script = join(packageRoot, 'dist/test/kernel/endless.js');
		// The child must not load tap's hooks.
		const node = ['-u', 'NODE_OPTIONS', process.execPath];
		const child = spawn('env', [...node, script], {
			cwd: packageRoot,
			stdio: ['ignore', 'pipe', 'inherit'],
		});
		const ended = new Promise((resolve) => child.once('exit', resolve));
		const pid = await new Promise<number>((resolve) => {
			child.stdout.once('data', (text: Buffer) => resolve(Number(text)));
		});
		t.ok(runs(pid), 'a guest runs');
		child.kill(signal);
		await ended;
		for (let tries = 0; tries < 50 && runs(pid); tries++) await sleep(100);
		t.notOk(runs(pid), 'and ends with its runner');
		const left = readdirSync(tmpdir()).filter((name) => name.startsWith(`dax-guest-${child.pid}-`));
		if (signal !== 'SIGKILL') t.same(left, [], 'nor a file');
	});
