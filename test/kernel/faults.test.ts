// SPDX-License-Identifier: MIT
/** What a kernel does not survive ends one vector; the run goes on, and nothing is left behind. */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { remote } from '../../implementations/kernel/ssh';
import { decide } from '../../runner/decide';
import { packageRoot } from '../../runner/package-root';
import { caseOf, OPTIONS } from '../cases';
import { bootAlone, breakable } from './machines';

const options = { ...OPTIONS, timeout: 60_000 };
const { implementation, guest, started } = breakable();
t.teardown(() => implementation.close?.());

/** What a kernel says when it is not well. */
const TROUBLE = /stall|lockup|hung task|BUG|Oops|WARNING/;

const easy = () => caseOf('DAXV-0003/fs_dax_get_by_bdev');
const runs = (pid: number): boolean =>
	existsSync(`/proc/${pid}`) && !/^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'latin1'));

/** Has something happen to the guest while it decides a vector that takes a while. */
async function during(happening: () => unknown) {
	const long = await caseOf('DAXV-0056');
	const verdict = decide(long, implementation, options);
	setTimeout(happening, 300);
	return verdict;
}

t.before(async () => {
	t.equal(implementation.obstacle, undefined);
	t.match(await decide(await easy(), implementation, options), { verdict: 'pass' });
});

t.test('a panic: crash, with the console, and on with the next', async (t) => {
	const { pid, destination } = guest();
	const verdict = await during(() => {
		remote(destination, 'echo c >/proc/sysrq-trigger').catch(() => {});
	});
	t.match(verdict, { verdict: 'crash', reason: /the kernel is gone.*Kernel panic/s });
	t.notOk(runs(pid), 'the guest has ended');
	t.match(await decide(await easy(), implementation, options), { verdict: 'pass' });
	t.equal(started(), 2);
});

t.test('QEMU killed: crash, and on with the next', async (t) => {
	const before = started();
	t.match(await during(() => process.kill(guest().pid, 'SIGKILL')), { verdict: 'crash' });
	t.match(await decide(await easy(), implementation, options), { verdict: 'pass' });
	t.equal(started(), before + 1);
});

t.test('a hang: crash within its deadline', async (t) => {
	const { pid } = guest();
	const verdict = await during(() => process.kill(pid, 'SIGSTOP'));
	t.match(verdict, { verdict: 'crash', reason: /no answer any more/ });
	t.notOk(runs(pid), 'the guest has ended');
});

t.test('the module: twice, by two, and away under a program', async (t) => {
	const shell = (line: string) => remote(guest().destination, `exec 2>&1; ${line}; true`);
	await decide(await easy(), implementation, options);
	t.match(await shell('insmod /modules/*dax-vectors.ko'), /File exists/);
	t.match(await shell('echo hello >/dev/dax-vectors'), /busy/i);
	t.match(await shell('rmmod dax_vectors'), /temporarily unavailable|busy/i);
	t.notMatch(await shell('dmesg'), TROUBLE);
});

t.test('the module: garbage, too much, unloaded and loaded again', async (t) => {
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
	const calls = Array.from({ length: 17 }, () => 'call 1 dax_holder - - 0 0 0');
	t.match(await say('program', 'thread t', ...calls, 'ready'), /error too many calls/);
	t.match(await say('program', 'thread t', 'call 1 fs_dax_get - - 0 0 0', 'ready'), /no such call/);
	const reload = 'rmmod dax_vectors && insmod /modules/*dax-vectors.ko';
	t.equal(await shell(`${reload} && ${reload} && echo again`), 'again\n');
	const program = ['program', 'device 1 - - 1', 'thread t', 'call 1 put_dax - - 0 0 0', 'ready'];
	t.match(await say(...program, 'run', 'run 0 0'), /free dax_device[\s\S]*end\n[\s\S]*end\n/);
	t.equal(await shell(`${reload} && echo again`), 'again\n');
	t.notMatch(await shell("dmesg | grep -v 'super.c:'"), /stall|lockup|hung task|BUG|Oops/);
	await stop();
});

t.test('a runner that is interrupted leaves nothing running', async (t) => {
	const script = join(packageRoot, 'test/kernel/endless.ts');
	// tap's own hooks are not for this one.
	const node = ['-u', 'NODE_OPTIONS', process.execPath, '-r', 'ts-node/register/transpile-only'];
	const child = spawn('env', [...node, script], {
		cwd: packageRoot,
		stdio: ['ignore', 'pipe', 'inherit'],
	});
	const pid = await new Promise<number>((resolve) => {
		child.stdout.once('data', (text: Buffer) => resolve(Number(text)));
	});
	t.ok(runs(pid), 'a guest runs');
	child.kill('SIGKILL');
	for (let tries = 0; tries < 50 && runs(pid); tries++)
		await new Promise((resolve) => setTimeout(resolve, 100));
	t.notOk(runs(pid), 'and ends with its runner');
});
