// SPDX-License-Identifier: MIT
/** ssh:// builds and loads the module on a running host, and unloads it afterwards. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import t from 'tap';
import { debianKernel } from '../../implementations/kernel/debian/kernel';
import { boot, type Guest } from '../../implementations/kernel/guest';
import type { KernelBuild } from '../../implementations/kernel/kernel-build';
import { buildModule, moduleVersion } from '../../implementations/kernel/module';
import { remote } from '../../implementations/kernel/ssh';
import { findTool } from '../../implementations/system/command';
import type { ReportRecord, Result } from '../../schema/types/report';
import { needs, willRun } from '../needs';
import { spawnTool, tool } from '../tool';

const LIVE = needs('live kernel');

const folder = mkdtempSync(join(tmpdir(), 'dax-ssh-'));
t.teardown(() => rmSync(folder, { recursive: true }));
let kernel: KernelBuild;
let built: string;
let guest: Guest;

const shell = (line: string, input?: Buffer) => remote(guest.destination, line, input);
const PATH = `${folder}${delimiter}${process.env.PATH}`;
const runOn = (address: string, ...ids: string[]) =>
	tool(['run', '-i', address, ...ids], { env: { PATH } });
const HOST = 'ssh://root@127.0.0.1';
const run = (...ids: string[]) => runOn(HOST, ...ids);

t.before(async () => {
	if (!willRun('live kernel')) return;
	kernel = debianKernel('6.12');
	built = buildModule(kernel);
	guest = await boot(kernel, { modules: [] });
	// Options that a user would have in ~/.ssh/config.
	const options = guest.destination.options.map((word) => `'${word}'`).join(' ');
	const script = `#!/bin/sh\nexec ${findTool('ssh')} ${options} "$@"\n`;
	writeFileSync(join(folder, 'ssh'), script, { mode: 0o755 });
});
t.teardown(() => guest?.stop());

t.test(
	'a host without make or headers is not-run, with the command that installs them',
	LIVE,
	async (t) => {
		const refusal = async (...words: string[]) => {
			const { code, err } = await run('DAXV-0003');
			t.equal(code, 125);
			const all = words.join(' ');
			t.match(err, `root@127.0.0.1: no ${all} there: apt-get install ${all}\n`);
			t.match(err, /^dax-vectors: ssh:\S+ cannot be tested: /);
			t.equal(await shell('ls /tmp'), '', 'nothing is left there');
		};
		const headers = `linux-headers-${kernel.release}`;
		const build = `/lib/modules/${kernel.release}/build`;
		await refusal('make', headers);
		await shell('printf "#!/bin/sh\\nexit 2\\n" >/bin/make; chmod 755 /bin/make');
		await refusal(headers);
		await shell(`rm /bin/make; mkdir -p ${build}; touch ${build}/Makefile`);
		await refusal('make');
	},
);

t.test('a user other than root is not-run', LIVE, async (t) => {
	const home = '/home/user';
	await shell(`echo user:x:1000:1000::${home}:/bin/sh >>/etc/passwd; mkdir -p ${home}
cp -r /root/.ssh ${home}; chown -R 1000:1000 ${home}`);
	const { code, err } = await runOn('ssh://user@127.0.0.1', 'DAXV-0003');
	t.equal(code, 125);
	t.match(err, 'user@127.0.0.1: only root loads modules: ssh://root@HOST\n');
});

t.test('a failing build is not-run with the error of make', LIVE, async (t) => {
	const make = '#!/bin/sh\necho "cc: not found" >&2; exit 2\n';
	await shell('cat >/bin/make; chmod 755 /bin/make', Buffer.from(make));
	const { code, err } = await run('DAXV-0003');
	t.equal(code, 125);
	t.match(err, /cannot be tested: root@127\.0\.0\.1: cc: not found/);
	t.equal(await shell('ls /tmp'), '', 'nothing is left there');
});

/** A make that copies a module built here from the same files: the guest has no compiler. */
const copyingMake = (before = ''): string => `#!/bin/sh
for word; do case $word in M=*) folder=\${word#M=};; esac; done
${before}
[ -f "$folder/Kbuild" ] && [ -f "$folder/run.c" ] && cp /module.ko "$folder/dax-vectors.ko"
`;

t.test('a host that can build decides the vector, and no module is left', LIVE, async (t) => {
	await shell('cat >/module.ko', readFileSync(built));
	await shell('cat >/bin/make; chmod 755 /bin/make', Buffer.from(copyingMake()));
	const { code, out } = await run('DAXV-0003', 'DAXV-0020');
	t.equal(code, 0, out);
	t.match(out, /^2 pass, [\s\S]*^1 does not apply: /m);
	t.equal(await shell('ls /tmp; ls /dev/dax-vectors 2>/dev/null; true'), '', 'nothing is left');
	t.notMatch(await shell('lsmod'), /dax_vectors/);
});

t.test('a missing compiler is one line with the command that installs it', LIVE, async (t) => {
	const make = `#!/bin/sh
echo 'warning: the compiler differs from the one used to build the kernel'
echo '/bin/sh: 1: x86_64-linux-gnu-gcc-14: not found'
echo 'make[2]: *** [scripts/Makefile.build:1: all.o] Error 127'
exit 2
`;
	await shell('cat >/bin/make; chmod 755 /bin/make', Buffer.from(make));
	const { code, err } = await run('DAXV-0003');
	t.equal(code, 125);
	const line = 'no x86_64-linux-gnu-gcc-14 there: apt-get install gcc-14';
	t.match(err, `cannot be tested: root@127.0.0.1: ${line}\n`);
	t.notMatch(err, /Makefile\.build/);
});

/** Resolves once a command succeeds in the guest, or fails after a minute. */
async function until(line: string): Promise<boolean> {
	for (const end = Date.now() + 60_000; Date.now() < end; await sleep(200))
		if ((await shell(line).catch(() => null)) !== null) return true;
	return false;
}

const NOTHING_LEFT = 'sleep 1; [ -z "$(ls /tmp)" ] && [ ! -e /dev/dax-vectors ]';

for (const signal of ['SIGINT', 'SIGKILL'] as const)
	t.test(`${signal} during the build ends it, and nothing is left`, LIVE, async (t) => {
		const make = copyingMake('touch /building; while [ ! -e /go ]; do sleep 1; done');
		await shell('cat >/bin/make; chmod 755 /bin/make; rm -f /go /building', Buffer.from(make));
		const child = spawnTool(['run', '-i', HOST, 'DAXV-0003'], { env: { PATH } });
		t.ok(await until('[ -e /building ]'));
		child.kill(signal);
		t.ok(await until(NOTHING_LEFT));
		await shell('touch /go; sleep 2');
		t.ok(await until(NOTHING_LEFT), 'nor afterwards');
	});

/** Ends all SSH sessions of the guest; the server is the first process. */
const CUT = 'kill -KILL $(pidof dropbear | tr " " "\\n" | sort -n | tail -n +2)';

/** Runs a long vector and cuts its connection the given number of times. */
async function cut(times: number) {
	await shell('cat >/bin/make; chmod 755 /bin/make', Buffer.from(copyingMake()));
	const running = run('DAXV-0056');
	for (let count = 0; count < times; count++) {
		await until('grep -q "^dax_vectors .* [1-9]" /proc/modules');
		await sleep(500);
		await shell(CUT).catch(() => {});
		await sleep(3000);
	}
	return running;
}

t.test('a connection that is lost once is made again', LIVE, async (t) => {
	const { code, out } = await cut(1);
	t.equal(code, 1, out);
	t.match(out, /^FAIL +DAXV-0056/m);
	t.ok(await until(NOTHING_LEFT));
});

t.test('a module of another version is refused', LIVE, async (t) => {
	const other = readFileSync(built);
	other.write('0'.repeat(32), other.indexOf(moduleVersion()), 'latin1');
	await shell('cat >/other.ko; insmod /other.ko', other);
	const { code, err } = await run('DAXV-0020');
	t.equal(code, 125);
	t.match(err, /cannot be tested: a module of another version is loaded: .*rmmod dax_vectors/);
	t.match(await shell('lsmod'), /dax_vectors/);
	await shell('rmmod dax_vectors');
});

t.test('a module that was loaded before stays loaded', LIVE, async (t) => {
	await shell('insmod /module.ko');
	t.match(await run('DAXV-0020'), { code: 0 });
	t.match(await shell('lsmod'), /dax_vectors/);
});

t.test(
	'a machine that is lost during a vector is not-run, and so is each later one',
	LIVE,
	async (t) => {
		let stopped: Promise<void> | undefined;
		const ids = ['DAXV-0020', 'DAXV-0056', 'DAXV-0065'];
		const { code, out } = await tool(['run', '-i', HOST, ...ids, '-r', 'json'], {
			env: { PATH },
			watch: (seen) => {
				if (seen.includes('"verdict":"pass"')) stopped ??= guest.stop();
			},
		});
		await stopped;
		t.equal(code, 125, out);
		const lines = out.trim().split('\n');
		const records = lines.map((line) => JSON.parse(line) as ReportRecord);
		const results = records.filter((each): each is Result => each.record === 'result');
		const [decided, lost, later] = ids.map((id) => results.filter((each) => each.vector === id));
		t.match(decided![0], { verdict: 'pass' });
		const reason = /connection .* is lost .*reconnecting failed: .*root@127\.0\.0\.1/;
		t.match(lost, [{ verdict: 'not-run', reason }]);
		t.ok(later!.length > 0);
		for (const each of later!) t.match(each, { verdict: 'not-run' });
	},
);
