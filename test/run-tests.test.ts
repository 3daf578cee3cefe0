// SPDX-License-Identifier: MIT
/** The summary of npm test, and npm test on a machine that has only git and Node.js. */
import { spawnSync } from 'node:child_process';
import {
	cpSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	rmSync,
	symlinkSync,
	writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { findTool } from '../implementations/system/command';
import { packageRoot } from '../runner/text/package-root';
import { IN_ALL, NOT_RUN, needs, REQUIREMENTS } from './needs';

const folder = mkdtempSync(join(tmpdir(), 'dax-tests-'));
t.teardown(() => rmSync(folder, { recursive: true, force: true }));

/** Environment of a new process: nothing of tap's, so that it runs tests of its own. */
const environment = (more: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv => ({
	PATH: process.env.PATH,
	HOME: folder,
	XDG_CACHE_HOME: join(folder, 'cache'),
	...more,
});

/** Runs a test file with these lines; gives the exit code and the lines of the summary. */
function summary(lines: string, env: NodeJS.ProcessEnv = {}, options: readonly string[] = []) {
	const file = join(folder, 'example.test.js');
	const tap = JSON.stringify(join(packageRoot, 'node_modules/tap'));
	writeFileSync(file, `const t = require(${tap}).default;\n${lines}\n`);
	const runner = join(packageRoot, 'dist/test/run-tests.js');
	const { status, stdout } = spawnSync(process.execPath, [runner, ...options, file], {
		env: environment(env),
		encoding: 'utf8',
	});
	return { code: status, out: stdout, last: stdout.trimEnd().split('\n').at(-1) };
}

const PASSING = "t.test('good', async (t) => { t.ok(true); t.ok(true); });";

t.test('counts tests, not their assertions', async (t) => {
	t.match(summary(PASSING), { code: 0, last: '1 passed, 0 failed' });
	const times = summary(PASSING, {}, ['--times']);
	t.match(times, { code: 0, out: /^ +\d+\.\d s {2}\S*example\.test\.js$/m });
});

t.test('names each failed assertion and exits with 1', async (t) => {
	const nested =
		"t.test('bad', async (t) => { t.test('inner', async (t) => t.equal(1, 2, 'one')); });";
	const failed = summary(PASSING + nested);
	t.match(failed, { code: 1, last: '1 passed, 1 failed' });
	t.match(failed.out, /^FAIL {2}.*bad > inner > one$/m);
	const thrown = summary(`${PASSING}\nthrow new Error('at the end');`);
	t.match(thrown, { code: 1, last: /, 1 failed$/ }, 'an error outside of tests');
	t.match(summary(''), { code: 1, last: '0 passed, 0 failed' }, 'no test');
});

t.test('says what installs a missing program, and fails for want of it in CI', async (t) => {
	const skipped = (reason: string) => `${PASSING}\nt.test('a', { skip: '${reason}' }, () => {});`;
	const missing = skipped(`${NOT_RUN}cc`);
	const line =
		/^not run: no cc: apt-get install gcc libc6-dev binutils; 1 test would run with it$/m;
	t.match(summary(missing), { code: 0, out: line, last: '1 passed, 0 failed, 1 skipped' });
	t.match(summary(missing, { CI: 'true' }), { code: 1, out: line });
	const later = summary(skipped(`${IN_ALL}browser`), { CI: 'true' });
	t.match(later, { code: 0, out: /^1 test left to "npm run test:all"$/m });
});

/** What a minimal Debian with git and Node.js has, and tests may use. */
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
	'rm',
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
		for (const [name, { debian, later }] of Object.entries(REQUIREMENTS))
			if (!later && name !== 'git')
				t.match(stdout, `not run: no ${name}: apt-get install ${debian}; `);
		const inCi = npm({ CI: 'true' }, '--', 'dist/test/exec/broken.test.js');
		t.equal(inCi.status, 1, 'in CI nothing may be missing');
		t.match(inCi.stdout, /^not run: no ps: apt-get install procps; 2 tests would run with it$/m);
	},
);
