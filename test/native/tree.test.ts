// SPDX-License-Identifier: MIT
/** Trees that run, trees that do not, and the reasons given, through the command line. */
import { existsSync, mkdtempSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { openNative } from '../../implementations/native';
import { decide } from '../../runner/decide/decide';
import { caseOf, decideOn, library, OPTIONS } from '../cases';
import { needs } from '../needs';
import { tool } from '../tool';
import { debianTree, type Version, versions } from './debian';
import { type Edit, editedTree, SUPER } from './edits';
import { putOfV3, putOfV4, revisionTree } from './revisions';

const TREE = needs('cc', 'kernel source');
const CC = needs('cc');

const folder = (name: string): string => mkdtempSync(join(tmpdir(), `dax-${name}-`));
const edited = (name: string, edits: readonly Edit[]): string =>
	editedTree(debianTree('6.12'), folder(name), edits);
const run = (tree: string, ...words: string[]) => tool(['run', '-i', `native:${tree}`, ...words]);

/** Debian's versions with and without the fix of fs_put_dax(). */
const FIXED: readonly Version[] = ['7.2', '7.3'];
const UNFIXED = versions.filter((version) => !FIXED.includes(version));

for (const version of UNFIXED)
	t.test(
		`Debian's ${version}, unmodified, fails the put/get race with line numbers`,
		TREE,
		async (t) => {
			const { code, out } = await run(debianTree(version), 'DAXV-0001');
			t.equal(code, 1);
			t.match(out, /FAIL {4}DAXV-0001\/fs_dax_get_by_bdev/);
			t.match(out, 'ops is null at the end, expected B');
			t.match(out, 'in 1 of 4 traces, the shortest with 1 preemption');
			const table = out.slice(out.indexOf('release  ')).split('\n');
			const lines = table.flatMap(
				(line) => /(holder_\w+ .*?)( \(plain\))? {2}:(\d+)/.exec(line) ?? [],
			);
			t.match(
				table.map((line) => line.trim()).filter((line) => line.startsWith('holder_')),
				[
					/^holder_data A -> NULL {2}:\d+$/,
					/^holder_data NULL -> B {2}:\d+$/,
					/^holder_ops A -> B \(plain\) {2}:\d+$/,
					/^holder_ops B -> NULL \(plain\) {2}:\d+$/,
				],
				'the minimal table',
			);
			t.ok(lines.length > 0);
		},
	);

for (const version of FIXED)
	t.test(`Debian's ${version}, unmodified, passes the put/get race`, TREE, async (t) => {
		const { code, out } = await run(debianTree(version), 'DAXV-0001');
		t.equal(code, 0);
		t.match(out, /\nconforms\n/);
	});

t.test('the fix passes, series V3 fails after kill and put, V4 passes', TREE, async (t) => {
	const merged = revisionTree('merged');
	t.match(await run(merged, 'DAXV-0001', 'DAXV-0020'), { code: 0, out: /\nconforms\n/ });
	const v3 = edited('v3', [putOfV3]);
	const { code, out } = await run(v3, 'DAXV-0001', 'DAXV-0020', '--all');
	t.equal(code, 1);
	t.match(out, /PASS {4}DAXV-0001\/fs_dax_get_by_bdev/);
	t.match(out, /FAIL {4}DAXV-0020[\s\S]*\*\*\* WARN in fs_put_dax\(\)/);
	t.match(await run(edited('v4', [putOfV4]), 'DAXV-0020'), { code: 0 });
});

t.test('a tree of v7.1 has events of the device lock and the driver', TREE, async (t) => {
	const native = openNative(revisionTree('merged'));
	t.teardown(() => native.close?.());
	t.ok(native.calls.includes('fs_dax_get'));
	const { program } = await caseOf('DAXV-0003/fs_dax_get');
	const [execution] = await native.execute(program, [[]]);
	const told = execution!.events.map(({ op, object, source }) => `${op} ${object} ${source}`);
	t.match(
		told.join('\n'),
		/^lock device_lock drivers\/dax\/super\.c:\d+\n(read driver .*\n){2}unlock device_lock/m,
	);
	t.ok(
		execution!.events.every(({ source }) => !source || /^drivers\/dax\/super\.c:\d+$/.test(source)),
	);
});

t.test(
	'a tree from before v6.0 has no holders: everything is skipped, with the reason',
	TREE,
	async (t) => {
		const tree = edited('v5.19', [
			{ from: '	void *holder_data;\n	const struct dax_holder_operations *holder_ops;\n', to: '' },
			{ in: 'dax_holder', from: 'dax_dev->holder_data', to: 'NULL' },
			{
				in: 'kill_dax',
				from: '	/* clear holder data */\n	dax_dev->holder_ops = NULL;\n	dax_dev->holder_data = NULL;\n',
				to: '',
			},
			{ in: 'kill_dax', from: 'dax_dev->holder_data != NULL', to: '0' },
			{
				in: 'fs_put_dax',
				from: '	if (dax_dev && holder &&\n	    cmpxchg(&dax_dev->holder_data, holder, NULL) == holder)\n		dax_dev->holder_ops = NULL;\n',
				to: '',
			},
			{ in: 'fs_dax_get_by_bdev', from: '!cmpxchg(&dax_dev->holder_data, NULL, holder)', to: '1' },
			{ in: 'fs_dax_get_by_bdev', from: 'dax_dev->holder_ops = ops;', to: ';' },
			{ in: 'dax_holder_notify_failure', from: 'READ_ONCE(dax_dev->holder_ops)', to: 'NULL' },
		]);
		const { code, out, err } = await run(tree);
		t.equal(code, 125, 'nothing was tested');
		t.match(err, /before v6\.0: no holders/);
		t.equal(out, '');
	},
);

t.test('a read section of the tree has the lines of the tree', TREE, async (t) => {
	const native = openNative(debianTree('6.12'));
	t.teardown(() => native.close?.());
	const { program } = await caseOf('DAXV-0104');
	const [execution] = await native.execute(program, [[]]);
	const touched = execution!.events.filter(({ object }) => ['flags', 'dax_srcu'].includes(object));
	for (const { op, source } of touched) t.match(source, /^drivers\/dax\/super\.c:\d+$/, op);
	t.equal(touched.length, 6);
});

t.test('a folder without a kernel tree is not-run', CC, async (t) => {
	for (const path of ['/nonexistent', folder('empty')]) {
		const { code, err } = await run(path, 'DAXV-0001');
		t.equal(code, 125);
		t.match(err, new RegExp(`${path} has no ${SUPER}: give the path of a kernel tree`));
	}
});

t.test('without a compiler, native is not-run with the command that installs one', async (t) => {
	const bin = folder('bin');
	symlinkSync('/usr/bin/apt-get', join(bin, 'apt-get'));
	const env = { PATH: bin, CC: '' };
	const one = await tool(['run', '-i', 'native', 'DAXV-0001'], { env });
	t.match(one, {
		code: 125,
		err: /native cannot be tested: no C compiler: apt-get install gcc libc6-dev/,
	});
	t.equal(one.err.split('no C compiler').length, 2, 'the reason appears once');
	const both = await tool(['run', '-i', 'native', '-i', 'reference', 'DAXV-0001'], { env });
	t.match(both, { code: 125, err: /native cannot be tested: no C compiler: apt-get install gcc/ });
	const all = await tool(['run', '-i', '*', 'DAXV-0001'], { env });
	t.match(all, {
		code: 0,
		err: 'native is left out: no C compiler: apt-get install gcc libc6-dev\n',
	});
	const wrong = await tool(['run', '-i', 'native', 'DAXV-0001'], {
		env: { CC: '/nonexistent/cc' },
	});
	t.match(wrong, { code: 125, err: /\$CC is "\/nonexistent\/cc", which does not run/ });
});

t.test('a killed compiler is not-run, with what to do', CC, async (t) => {
	const cc = join(folder('killed'), 'cc');
	const run = (compile: string) => {
		const script = `#!/bin/sh\n[ "$1" = --version ] && exec gcc --version\n${compile}\n`;
		writeFileSync(cc, script, { mode: 0o755 });
		const env = { CC: cc, XDG_CACHE_HOME: folder('killed-cache') };
		return tool(['run', '-i', 'native', 'DAXV-0004'], { env });
	};
	const err =
		/native cannot be tested: .*cc was killed by SIGKILL: check that memory is left, then run again/;
	t.match(await run('kill -KILL $$'), { code: 125, err }, 'the compiler itself');
	const cc1 = 'echo "gcc: fatal error: Killed signal terminated program cc1" >&2; exit 1';
	t.match(await run(cc1), { code: 125, err }, 'a program that the compiler starts');
});

t.test('keeps compiled trees in the cache, and compiles a changed file again', TREE, async (t) => {
	const cache = folder('cache');
	const env = { XDG_CACHE_HOME: cache };
	const folders = () => readdirSync(join(cache, 'dax-vectors/native')).sort();
	const tree = edited('cached', []);
	const runs = () => tool(['run', '-i', `native:${tree}`, 'DAXV-0004'], { env });
	// At the same time: no process may use an incomplete entry of another.
	t.match(await Promise.all([runs(), runs(), runs()]), [{ code: 0 }, { code: 0 }, { code: 0 }]);
	const first = folders();
	t.equal(first.length, 2, 'the machine and the tree, no drafts');
	t.match(await runs(), { code: 0 });
	t.same(folders(), first);
	editedTree(debianTree('6.12'), tree, [
		{ in: 'fs_put_dax', from: '	put_dax(dax_dev);\n', to: '' },
	]);
	t.match(await runs(), { code: 1 }, 'the changed file fails');
	t.equal(folders().length, 3);
});

t.test('a cache that cannot be written is not-run', CC, async (t) => {
	const { code, err } = await tool(['run', '-i', 'native', 'DAXV-0004'], {
		env: { XDG_CACHE_HOME: '/dev/null' },
	});
	t.equal(code, 125);
	t.match(err, /set XDG_CACHE_HOME to a folder that can be written/);
});

for (const [cc, need] of [
	['gcc', 'cc'],
	['clang', 'clang'],
] as const)
	t.test(
		`${cc} gives the same accesses as the default compiler`,
		needs('cc', need, 'kernel source'),
		async (t) => {
			t.ok(existsSync(`/usr/bin/${cc}`), `${cc} is installed`);
			const { CC } = process.env;
			process.env.CC = cc;
			const native = openNative(revisionTree('v6.8'));
			if (CC === undefined) delete process.env.CC;
			else process.env.CC = CC;
			t.teardown(() => native.close?.());
			for (const test of await library()) {
				const { verdict, completeness } = await decide(test, native, OPTIONS);
				const expected = await decideOn(test, 'v6.8');
				t.same(
					[verdict, completeness.traces],
					[expected.verdict, expected.completeness.traces],
					test.id,
				);
			}
		},
	);

t.test('a tree whose initcall returns anything is not-run', TREE, async (t) => {
	for (const [returns, said] of [
		['419763', 'EINVAL'],
		['-419763', 'EINVAL'],
		['-ENODEV', 'ENODEV'],
	] as const) {
		const tree = edited('initcall', [
			{ in: 'dax_core_init', from: '\trc = dax_fs_init();\n', to: `\trc = ${returns};\n` },
		]);
		const { code, err } = await run(tree, 'DAXV-0001');
		t.equal(code, 125, returns);
		t.match(err, `the tree does not boot (-${said}): look at the initcalls of its super.c`);
	}
});
