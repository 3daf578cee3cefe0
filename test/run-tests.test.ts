// SPDX-License-Identifier: MIT
/** The summary of npm test, and npm test on a machine that has only git and Node.js. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { findTool } from '../implementations/system/command';
import { packageRoot } from '../runner/text/package-root';
import { IN_ALL, NOT_RUN, needs, REQUIREMENTS } from './needs';
import { Summary } from './summary';

const folder = mkdtempSync(join(tmpdir(), 'dax-tests-'));
t.teardown(() => rmSync(folder, { recursive: true, force: true }));

/** Environment of a new process: nothing of tap's, so that it runs tests of its own. */
const environment = (more: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv => ({
	PATH: process.env.PATH,
	HOME: folder,
	XDG_CACHE_HOME: join(folder, 'cache'),
	...more,
});

/** The summary of tap's output for one file with these lines. */
async function summary(lines: readonly string[], { ok = true, strict = false } = {}) {
	const printed: string[] = [];
	const summary = new Summary((text) => printed.push(text));
	const body = lines.map((line) => `    ${line}\n`).join('');
	summary.parser.end(
		`TAP version 14\n# Subtest: dist/test/a.test.js\n${body}${ok ? '' : 'not '}ok 1 - dist/test/a.test.js # time=1234.5ms\n1..1\n`,
	);
	return {
		printed,
		lines: summary.lines(),
		times: summary.times(),
		code: summary.exitCode(ok ? 0 : 1, strict),
	};
}

const GOOD = ['# Subtest: good', '    ok 1 - one', '    ok 2 - two', '    1..2', 'ok 1 - good'];
const BAD = [
	...['# Subtest: bad', '    # Subtest: inner', '        not ok 1 - one', '        1..1'],
	...['    not ok 1 - inner', '    1..1', 'not ok 2 - bad'],
];

t.test('counts tests, not their assertions', async (t) => {
	t.match(await summary([...GOOD, '1..1']), {
		printed: [],
		lines: ['1 passed, 0 failed'],
		times: ['    1.2 s  test/a.test.js'],
		code: 0,
	});
});

t.test('names each failed assertion once, and exits with 1', async (t) => {
	const failed = await summary([...GOOD, ...BAD, '1..2'], { ok: false });
	t.match(failed, { lines: ['1 passed, 1 failed'], code: 1 });
	t.same(failed.printed, ['FAIL  test/a.test.js > bad > inner > one']);
	const thrown = await summary([...GOOD, '1..1'], { ok: false });
	t.match(thrown, { lines: ['1 passed, 1 failed'], code: 1 }, 'an error outside of the tests');
	t.same(thrown.printed, ['FAIL  test/a.test.js']);
	t.match(await summary(['1..0']), { lines: ['0 passed, 0 failed'], code: 1 }, 'no test');
});

t.test('says what installs a missing program, for want of which CI fails', async (t) => {
	const missing = [...GOOD, `ok 2 - a # SKIP ${NOT_RUN}cc`, '1..2'];
	const lines = [
		'not run: no cc: apt-get install gcc libc6-dev binutils; 1 test would run with it',
		'1 passed, 0 failed, 1 skipped',
	];
	t.match(await summary(missing), { lines, code: 0 });
	t.match(await summary(missing, { strict: true }), { lines, code: 1 });
	const later = await summary([...GOOD, `ok 2 - a # SKIP ${IN_ALL}browser`, '1..2'], {
		strict: true,
	});
	t.match(later, { lines: ['1 test left to "npm run test:all"', /1 skipped$/], code: 0 });
	const done = await summary([...GOOD, 'ok 2 - a # SKIP filter: only', '1..2'], { strict: true });
	t.match(done, { lines: ['1 passed, 0 failed'], code: 0 }, 'a test that npm test ran');
});

/** Programs of a minimal Debian with git and Node.js that tests may use. */
const BARE = [
	'node',
	'npm',
	'npx',
	'git',
	'sh',
	'env',
	'cat',
	'chmod',
	'cp',
	'head',
	'ls',
	'mkdir',
	'mv',
	'rm',
	'sleep',
	'tar',
	'wc',
];

/** A copy of this tree, because tests of two runs would write the same files; timestamps spare it a build. */
function copyOfTree(): string {
	const copy = join(folder, 'tree');
	mkdirSync(copy);
	for (const name of readdirSync(packageRoot))
		if (!['.git', '.tap', 'node_modules'].includes(name))
			cpSync(join(packageRoot, name), join(copy, name), {
				recursive: true,
				preserveTimestamps: true,
			});
	symlinkSync(join(packageRoot, 'node_modules'), join(copy, 'node_modules'));
	return copy;
}

t.test(
	'npm test passes with only git and Node.js',
	{ ...needs('time'), timeout: 1_200_000 },
	async (t) => {
		const bin = join(folder, 'bin');
		mkdirSync(bin);
		for (const name of BARE) symlinkSync(findTool(name)!, join(bin, name));
		const cwd = copyOfTree();
		const npm = (env: NodeJS.ProcessEnv, ...args: string[]) =>
			spawnSync('npm', ['test', '--silent', ...args], {
				cwd,
				env: environment({ PATH: bin, ...env }),
				encoding: 'utf8',
			});
		const { status, stdout, stderr } = npm({});
		t.equal(status, 0, stdout.slice(-4000) + stderr);
		t.match(stdout, /^\d{3,} passed, 0 failed, \d+ skipped\n$/m);
		// Of the programs that a test lacks, the first is named: tests with clang and qemu-aarch64 need a compiler as well.
		const unnamed = ['git', 'clang', 'qemu-aarch64'];
		for (const [name, { debian, later }] of Object.entries(REQUIREMENTS))
			if (!later && !unnamed.includes(name))
				t.match(stdout, `not run: no ${name}: apt-get install ${debian}; `);
		const inCi = npm({ CI: 'true' }, '--', 'dist/test/exec/broken.test.js');
		t.equal(inCi.status, 1, 'in CI nothing may be missing');
		t.match(inCi.stdout, /^not run: no ps: apt-get install procps; 2 tests would run with it$/m);
	},
);
