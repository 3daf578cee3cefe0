// SPDX-License-Identifier: MIT
/** cite --range, in a scratch tree with Debian's own super.c. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { needs, willRun } from '../needs';
import { tool } from '../tool';
import { copyOfPackage } from './copy';
import { commit, git, scratchTree } from './scratch';

const TREE = needs('git', 'kernel source');
const TREE_AND_CC = needs('git', 'kernel source', 'cc');

const tree = willRun('git', 'kernel source') ? scratchTree() : '';
const root = copyOfPackage();
t.teardown(() => {
	for (const folder of [tree, root]) rmSync(folder, { recursive: true, force: true });
});

// A retired vector and an open one.
const file = join(root, 'vectors/claim/DAXV-0019.yaml');
const [head] = readFileSync(file, 'utf8').split(/^status:/m);
const retired = 'retired: {reason: it stated too much, replaced-by: DAXV-0001}';
writeFileSync(file, `${head}status: retired\n${retired}\ntags: [claim]\n`);

const messages = [
	['fix', 'dax: fix it\n\nAs DAXV-0004 says.\n\nLink: https://example.org/dax/v/DAXV-0004\n'],
	['other', 'dax: something else\n\nCites nothing, not even XDAXV-0001.\n'],
	['race', 'dax: café\n\nDAXV-0001/fs_dax_get_by_bdev, and DAXV-0004 again.\n'],
	['stale', 'dax: old\n\nDAXV-0019, DAXV-9998 and DAXV-1 \u001b[2J.\n'],
	['open', 'dax: open\n\nDAXV-0036.\n'],
] as const;
t.before(() => {
	if (!willRun('git', 'kernel source')) return;
	for (const [tag, message] of messages) {
		commit(tree, message);
		git(tree, ['tag', tag]);
	}
});
const list = (...args: string[]) => tool(['cite', '--range', ...args], { root, cwd: tree });
const run = (range: string, ...args: string[]) => list(range, '--run', ...args);

t.test('lists the vectors that each commit cites, with their state', TREE, async (t) => {
	const { code, out, err } = await list('base..HEAD');
	t.match({ code, err }, { code: 0, err: '' });
	const hash = (tag: string): string => git(tree, ['rev-parse', '--short=12', tag]).trim();
	t.equal(
		out.replace(/ {2}(DAXV-0001|DAXV-0004|DAXV-0036) .*/g, '  $1 TITLE'),
		[
			`${hash('fix')} ("dax: fix it")`,
			'  DAXV-0004 TITLE',
			'    https://example.org/dax/v/DAXV-0004',
			`${hash('race')} ("dax: café")`,
			'  DAXV-0001 TITLE',
			'  DAXV-0004 TITLE',
			`${hash('stale')} ("dax: old")`,
			'  DAXV-0019  retired: it stated too much; see DAXV-0001',
			'  DAXV-9998  unknown: dax-vectors 0.1.0 has no such vector',
			'  DAXV-1  unknown: dax-vectors 0.1.0 has no such vector',
			`${hash('open')} ("dax: open")`,
			'  DAXV-0036 TITLE',
			'',
		].join('\n'),
	);
	t.match(out, /DAXV-0036 .*\(open, not scored\)$/m);
});

t.test("--run checks the cited vectors on the tree's own super.c", TREE_AND_CC, async (t) => {
	const good = await run('fix^!');
	t.match(good, { code: 0, out: /^1 passes, .*\n\nconforms$/m });
	t.match(good.err, /^[0-9a-f]{12} \("dax: fix it"\)\n {2}DAXV-0004 {2}/);
	const bad = await run('base..race');
	t.match(bad, { code: 1, out: /^FAIL {4}DAXV-0001\/fs_dax_get_by_bdev/m });
	t.match(bad.out, /holder_ops B -> NULL \(plain\) {2}:119/);
	t.match(bad.out, /^1 passes, /m, 'cited twice, run once');
	const tap = await run('base..race', '--reporter', 'tap');
	t.match(tap, { code: 1, out: /^TAP version 14\n/ }, 'the list is not a part of the report');
	const known = await run('base..race', '--known-failures', 'debian-6.12');
	t.match(known, { code: 0, out: /^XFAIL {3}DAXV-0001/m });
	mkdirSync(join(tree, 'drivers/dax/below'));
	const below = join(tree, 'drivers/dax/below');
	t.match(
		await tool(['cite', '--range', 'fix^!', '--run'], { root, cwd: below }),
		{ code: 0 },
		'from a folder of the tree',
	);
	t.match(
		await tool(['cite', '--range', 'fix^!', '--run', '-C', tree], { root }),
		{ code: 0 },
		'from outside the tree',
	);
});

t.test('exits 125 where no scored vector could be run', TREE_AND_CC, async (t) => {
	t.match(await run('other^!'), {
		code: 125,
		out: '',
		err: /^no commit of other\^! cites a vec/,
	});
	t.match(await run('stale^!'), { code: 125, out: '', err: /retired: .*\n.*unknown: / });
	t.match(await run('fix^!', 'base..stale'), { code: 129 });
	t.match(await list('fix^..fix'), { code: 0 });
	t.match(await run('other..stale'), { code: 1 }, 'a failure outranks an unknown id');
	const mixed = 'dax: mixed\n\nDAXV-0004 and DAXV-9998.\n';
	commit(tree, mixed);
	t.match(await run('HEAD^!'), { code: 125, out: /^1 passes[\s\S]*conforms/m });
	t.match(await run('open^!'), { code: 125, out: /open/ }, 'only open vectors');
});

t.test(
	'rejects wrong ranges and folders with exit code 128 or more, and executes nothing from them',
	TREE,
	async (t) => {
		const nowhere = mkdtempSync(join(tmpdir(), 'dax-nowhere-'));
		t.teardown(() => rmSync(nowhere, { recursive: true }));
		const owned = join(nowhere, 'owned');
		const lines: [string[], RegExp][] = [
			[[], /'--range <value>' argument missing/],
			[['a', 'b'], /cite takes an id or --range, not both/],
			[['nosuch..HEAD'], /git says: bad revision 'nosuch\.\.HEAD'/],
			[['drivers/dax/super.c'], /git says: bad revision/],
			[[`--output=${owned}`], /'--range' argument is ambiguous/],
			[['HEAD; touch owned'], /git says: bad revision/],
			[['HEAD', '-C', nowhere], /git says: not a git repository/],
			[['HEAD', '-C', join(nowhere, 'gone')], /git says: cannot change to/],
			[['HEAD^!', '--reporter', 'nosuch'], /--reporter takes pretty, /],
		];
		for (const [args, message] of lines) {
			const refused = await list(...args);
			t.match(refused, { out: '', err: message }, args.join(' '));
			t.ok(refused.code === 128 || refused.code === 129, `exit code ${refused.code}`);
		}
		for (const range of [`--output=${owned}`, '--all']) {
			const refused = await tool(['cite', `--range=${range}`], { root, cwd: tree });
			t.match(refused, { code: 128, out: '', err: /"--.*" is not a range of commits/ }, range);
		}
		t.notOk(existsSync(owned));
		t.notOk(existsSync(join(tree, 'owned')));
		const bin = mkdtempSync(join(nowhere, 'bin-'));
		const without = await tool(['cite', '--range', 'HEAD'], {
			root,
			cwd: tree,
			env: { PATH: bin },
		});
		t.match(without, { code: 128, err: /git is not installed: apt-get install git/ });
	},
);
