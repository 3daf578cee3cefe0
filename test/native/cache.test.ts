// SPDX-License-Identifier: MIT
/** The cache: each entry is complete or absent, and lies in a folder that can be used. */
import { spawn, spawnSync } from 'node:child_process';
import {
	cpSync,
	existsSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	rmSync,
	statSync,
	truncateSync,
	utimesSync,
	writeFileSync,
} from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { cached, cacheRoot } from '../../implementations/system/cache';
import { packageRoot } from '../../runner/text/package-root';
import { needs } from '../needs';
import { tool } from '../tool';

const CC = needs('cc');
const folder = (): string => mkdtempSync(join(tmpdir(), 'dax-cache-'));
const area = (cache: string): string => join(cache, 'dax-vectors/native');
const run = (env: NodeJS.ProcessEnv, cwd?: string) =>
	tool(['run', '-i', 'native', 'DAXV-0004'], { env, ...(cwd !== undefined && { cwd }) });

/** Sets variables while a function runs. */
function withEnvironment<Result>(set: NodeJS.ProcessEnv, act: () => Result): Result {
	const before = Object.keys(set).map((name) => [name, process.env[name]] as const);
	Object.assign(process.env, set);
	try {
		return act();
	} finally {
		for (const [name, value] of before)
			if (value === undefined) delete process.env[name];
			else process.env[name] = value;
	}
}

/** A folder with a cache that holds what the run needs; built once. */
let whole: Promise<string> | undefined;
async function filledCache(t: Test): Promise<string> {
	whole ??= (async () => {
		const cache = folder();
		t.match(await run({ XDG_CACHE_HOME: cache }), { code: 0 });
		return cache;
	})();
	const copy = folder();
	cpSync(await whole, copy, { recursive: true });
	return copy;
}

t.test('a damaged entry is built again', CC, async (t) => {
	const cache = await filledCache(t);
	const env = { XDG_CACHE_HOME: cache };
	const entries = readdirSync(area(cache)).sort();
	const entry = (file: string): string => {
		const name = entries.find((each) => existsSync(join(area(cache), each, file))) ?? '';
		return join(area(cache), name, file);
	};
	const damages: readonly [string, (path: string) => void][] = [
		['tree.so', (path) => truncateSync(path, 4096)],
		['lines.json', (path) => truncateSync(path, 0)],
		['addon.node', (path) => truncateSync(path, 100)],
		['SHA256SUMS', (path) => truncateSync(path, 0)],
	];
	for (const [file, damage] of damages) {
		const path = entry(file);
		damage(path);
		const damaged = statSync(path).size;
		t.match(await run(env), { code: 0, err: '' }, file);
		// Debug information holds the path of the draft, so that two builds differ in length.
		t.ok(statSync(path).size > damaged, `${file} is whole again`);
		t.same(readdirSync(area(cache)).sort(), entries, 'no draft is left');
	}
	const { status, stdout } = spawnSync('sha256sum', ['-c', '--quiet', 'SHA256SUMS'], {
		cwd: join(entry('tree.so'), '..'),
		encoding: 'utf8',
	});
	t.equal(status, 0, stdout);
});

t.test('processes that find the same damage end with the same entry', CC, async (t) => {
	const cache = await filledCache(t);
	const env = { XDG_CACHE_HOME: cache };
	for (const name of readdirSync(area(cache)))
		truncateSync(join(area(cache), name, 'SHA256SUMS'), 0);
	const both = await Promise.all([run(env), run(env)]);
	t.match(both, [{ code: 0 }, { code: 0 }]);
	t.equal(readdirSync(area(cache)).length, 2);
});

t.test('the next run removes the draft of a killed process, and no other', (t) => {
	const cache = folder();
	const root = area(cache);
	const fill = () => cached('native', 'entry', (draft) => writeFileSync(join(draft, 'file'), ''));
	const drafts = () => readdirSync(root).filter((name) => name.startsWith('draft-'));
	const script = `const { cached } = require(${JSON.stringify(join(packageRoot, 'dist/implementations/system/cache'))});
		cached('native', 'other', () => { console.log('filling'); Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0); });`;
	const env = { ...process.env, XDG_CACHE_HOME: cache };
	const child = spawn(process.execPath, ['-e', script], {
		env,
		stdio: ['ignore', 'pipe', 'inherit'],
	});
	child.stdout.once('data', () => {
		const inCache = <R>(act: () => R): R => withEnvironment({ XDG_CACHE_HOME: cache }, act);
		t.equal(drafts().length, 1);
		inCache(fill);
		t.equal(drafts().length, 1, 'the draft of a living process stays');
		child.once('exit', () => {
			inCache(fill);
			t.same(drafts(), []);
			t.end();
		});
		child.kill('SIGKILL');
	});
});

t.test('a draft of another machine or container is removed after a day', (t) => {
	const cache = folder();
	const fill = () => cached('native', 'entry', () => {});
	const names = ['draft-00000000-1-abcdef', 'draft-abcdef'];
	for (const name of names) mkdirSync(join(area(cache), name), { recursive: true });
	withEnvironment({ XDG_CACHE_HOME: cache }, fill);
	t.same(readdirSync(area(cache)).sort(), [...names, 'entry'].sort());
	const old = new Date(Date.now() - 25 * 60 * 60 * 1000);
	for (const name of names) utimesSync(join(area(cache), name), old, old);
	withEnvironment({ XDG_CACHE_HOME: cache }, fill);
	t.same(readdirSync(area(cache)), ['entry']);
	t.end();
});

t.test('a relative XDG_CACHE_HOME is ignored, as its specification says', CC, async (t) => {
	const home = folder();
	const cwd = folder();
	cpSync(await filledCache(t), join(home, '.cache'), { recursive: true });
	const native = area(join(home, '.cache'));
	const entries = readdirSync(native).sort();
	// The run builds what is missing there.
	rmSync(join(native, entries[0] ?? ''), { recursive: true });
	const env = { XDG_CACHE_HOME: 'relative', HOME: home };
	t.match(await run(env, cwd), { code: 0, err: '' });
	t.same(readdirSync(cwd), []);
	t.same(readdirSync(native).sort(), entries);
});

t.test('an empty or relative HOME gives the home folder of the system', (t) => {
	const expected = withEnvironment({ XDG_CACHE_HOME: '', HOME: '/somewhere' }, () =>
		cacheRoot('native'),
	);
	t.equal(expected, '/somewhere/.cache/dax-vectors/native');
	for (const HOME of ['', 'relative'])
		withEnvironment({ XDG_CACHE_HOME: '', HOME }, () => {
			t.match(cacheRoot('native'), /^\/.*\/\.cache\/dax-vectors\/native$/);
			t.not(homedir(), '/');
		});
	t.end();
});

t.test('a cache that is mounted noexec is not-run with what to do', CC, async (t) => {
	const cache = folder();
	const script = 'mount -t tmpfs -o noexec tmpfs "$0" && exec "$@"';
	const cli = [join(packageRoot, 'dist/runner/cli.js'), 'run', '-i', 'native', 'DAXV-0004'];
	const mounted = ['-rm', 'sh', '-c', script, cache, process.execPath, ...cli];
	if (spawnSync('unshare', ['-rm', 'sh', '-c', script, cache, 'true']).status !== 0)
		return t.pass('skipped: this system lets no user mount a file system of its own');
	const { status, stdout, stderr } = spawnSync('unshare', mounted, {
		encoding: 'utf8',
		env: { ...process.env, XDG_CACHE_HOME: cache },
	});
	t.equal(status, 125);
	t.match(stdout + stderr, /set XDG_CACHE_HOME to a folder that is not mounted noexec/);
});

t.test('a cache that is full is not-run with what to do', (t) => {
	const full = () => {
		throw Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' });
	};
	withEnvironment({ XDG_CACHE_HOME: folder() }, () =>
		t.throws(() => cached('native', 'entry', full), {
			message: /set XDG_CACHE_HOME to a folder/,
		}),
	);
	t.end();
});
