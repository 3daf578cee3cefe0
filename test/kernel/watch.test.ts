// SPDX-License-Identifier: MIT
/** watch on live kernels: callers that break each rule are found, others are not, and nothing is left in tracefs. */
import type { ChildProcess } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import t from 'tap';
import { debianKernel } from '../../implementations/kernel/debian/kernel';
import { boot, type Guest } from '../../implementations/kernel/guest';
import { moduleOptions } from '../../implementations/kernel/module';
import { remote } from '../../implementations/kernel/ssh';
import { command, findTool } from '../../implementations/system/command';
import { packageRoot } from '../../runner/text/package-root';
import { revisionTree } from '../native/revisions';
import { needs } from '../needs';
import { tool } from '../tool';
import { BROKEN } from '../watch/broken-rules';

const LIVE = needs('live kernel');
const ADDRESS = 'ssh://root@127.0.0.1';

const folder = mkdtempSync(join(tmpdir(), 'dax-watch-'));
t.teardown(() => rmSync(folder, { recursive: true }));
const PATH = `${folder}${delimiter}${process.env.PATH}`;
let guest: Guest | undefined;

const shell = (line: string, input?: Buffer): Promise<string> => {
	if (!guest) throw new Error('no guest');
	return remote(guest.destination, line, input);
};

/** Builds the callers of test/fixtures/kernel/callers for a version, and boots it with them. */
async function bootCallers(version: string): Promise<void> {
	await guest?.stop();
	const kernel = debianKernel(version);
	const source = join(packageRoot, 'test/fixtures/kernel/callers');
	const draft = mkdtempSync(join(folder, 'callers-'));
	for (const name of ['Kbuild', 'dax-callers.c'])
		copyFileSync(join(source, name), join(draft, name));
	command('make', ['-s', '-C', kernel.headers, `M=${draft}`, ...moduleOptions, 'modules']);
	guest = await boot(kernel, { modules: [join(draft, 'dax-callers.ko')] });
	// Options that a user would have in ~/.ssh/config.
	const options = guest.destination.options.map((word) => `'${word}'`).join(' ');
	const script = `#!/bin/sh\nexec ${findTool('ssh')} ${options} "$@"\n`;
	writeFileSync(join(folder, 'ssh'), script, { mode: 0o755 });
}

t.teardown(() => guest?.stop());

const PARAMETER = '/sys/module/dax_callers/parameters/run';
/** Runs callers of the module, and watches them. */
const watched = (...names: string[]) => {
	const line = names.map((name) => `echo ${name} >${PARAMETER}`).join(' && ');
	return tool(['watch', '--reporter', 'json', ADDRESS, '--', line], { env: { PATH } });
};

interface Line {
	readonly record: string;
	readonly rule: string;
	readonly message: string;
	readonly by: string;
	readonly count: number;
	readonly calls: { stack: string[] }[];
	readonly problems: string[];
}

const recordsIn = (out: string): Line[] =>
	out
		.trimEnd()
		.split('\n')
		.map((line) => JSON.parse(line) as Line);

const findingsIn = (out: string): Line[] =>
	recordsIn(out).filter(({ record }) => record === 'finding');
const ruleOf = ({ rule }: Line): string => rule;

/** Instances and probes that are left. */
const LEFT = 'cd /sys/kernel/tracing 2>/dev/null || exit 0; ls instances; cat kprobe_events; true';

/** Kernels, with what they do wrong themselves at a removal: Linux 6.1 passes flags 0 (docs/findings.md). */
const KERNELS: readonly [string, readonly string[]][] = [
	['6.12', []],
	['7.3', []],
	['6.1', ['removal-without-pre-remove']],
];

for (const [version, own] of KERNELS)
	t.test(`on Linux ${version}, each broken rule is found once, others are not`, LIVE, async (t) => {
		await bootCallers(version);
		const clean = await watched('clean', 'removal');
		t.equal(clean.code, own.length === 0 ? 0 : 1);
		t.same(findingsIn(clean.out).map(ruleOf), own);
		const { code, out } = await watched(...BROKEN);
		t.equal(code, 1);
		const findings = findingsIn(out);
		const broken = findings.filter(({ rule }) => !own.includes(rule));
		t.same(broken.map(ruleOf), BROKEN);
		t.ok(findings.every(({ count }) => count === 1));
		const stacks = findings.map(({ calls }) => calls.flatMap(({ stack }) => stack).join());
		t.ok(stacks.every((stack) => stack.includes('[dax_callers]')));
		t.same(recordsIn(out).at(-1)?.problems, []);
		t.equal(await shell(LEFT), '', 'nothing is left');
	});

t.test('a finding that occurs again is counted', LIVE, async (t) => {
	const { out } = await watched('release-twice', 'clean', 'release-twice');
	t.match(findingsIn(out), [{ rule: 'release-twice', count: 2 }]);
});

t.test('without a call nothing is called clean', LIVE, async (t) => {
	const { code, out } = await tool(['watch', ADDRESS, '--', 'true'], { env: { PATH } });
	t.equal(code, 125);
	t.match(out, /^not watched: no call was seen: /m);
});

/** Resolves with what is left, at the latest after some seconds. */
async function left(): Promise<string> {
	for (let tries = 0; tries < 50; tries++, await sleep(200))
		if ((await shell(LEFT)) === '') return '';
	return shell(LEFT);
}

/** Runs a watch, and calls back once it has begun. */
function begun(then: (child: ChildProcess) => unknown) {
	let isBegun = false;
	const watch = (out: string, child: ChildProcess): void => {
		if (isBegun || !out.includes('until Ctrl-C')) return;
		isBegun = true;
		then(child);
	};
	return tool(['watch', ADDRESS], { env: { PATH }, watch });
}

t.test('Ctrl-C ends a watch and prints what was seen', LIVE, async (t) => {
	const { code, out } = await begun(async (child) => {
		await shell(`echo clean >${PARAMETER}`);
		child.kill('SIGINT');
	});
	t.equal(code, 0, out);
	t.match(out, /^clean: .*\ncalls: 1 device/m);
	t.equal(await left(), '', 'nothing is left');
});

t.test('a runner that is killed leaves nothing', LIVE, async (t) => {
	await begun((child) => child.kill('SIGKILL'));
	t.equal(await left(), '', 'nothing is left');
});

/** Ends all SSH sessions of the guest; the server is the first process. */
const CUT = 'kill -KILL $(pidof dropbear | tr " " "\\n" | sort -n | tail -n +2)';

t.test('a lost connection is not clean, and leaves nothing', LIVE, async (t) => {
	const ended = await begun(() => shell(CUT).catch(() => {}));
	t.match(ended, { code: 125, out: /not watched: the connection was lost/ });
	t.equal(await left(), '', 'nothing is left');
});

t.test('a stock xfs uses the super.c of a tree', LIVE, async (t) => {
	await guest?.stop();
	const line = [
		...['mkfs.xfs -q /dev/pmem0', 'mount -o dax /dev/pmem0 /mnt'],
		...['echo namespace0.0 >/sys/bus/nd/drivers/nd_pmem/unbind', 'umount /mnt'],
	].join(' && ');
	const address = `kernel:6.12,super=${revisionTree('merged')}`;
	const { code, out, err } = await tool(['watch', '--reporter', 'json', address, '--', line]);
	t.equal(code, 0, out + err);
	t.match(recordsIn(out).at(-1), { calls: { kill_dax: 1, fs_put_dax: 1 }, commandExit: 0 });
});

t.test('a watch without an address or of a guest without a command is a usage error', async (t) => {
	t.match(await tool(['watch']), { code: 129, err: /ssh:\/\/root@HOST/ });
	t.match(await tool(['watch', 'kernel']), { code: 129, err: /a guest needs a command/ });
	t.match(await tool(['watch', 'native']), { code: 129, err: /not "native"/ });
});
