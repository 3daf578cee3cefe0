// SPDX-License-Identifier: MIT
/** A series is judged patch by patch, without a change to the tree of the user. */
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import t from 'tap';
import { validator } from '../../runner/library/schemas';
import { fileNeeds } from '../needs';
import { type Ended, tool } from '../tool';
import { comment, git, History, putFixes, seriesOfV3, temporary } from './history';
import { mbox, reply } from './mangle';

fileNeeds(t, __filename, 'git', 'cc', 'kernel source');

const history = new History();
const base = git(history.folder, 'rev-parse', 'HEAD').trim();
for (const change of seriesOfV3) history.change(change);
const mails = history.formatPatch(base, '-v3', '--cover-letter', `--base=${base}`, '--thread');
const thread = join(temporary('thread'), 'thread.mbox');
const texts = mails.map((path) => readFileSync(path, 'utf8'));
writeFileSync(thread, mbox([...texts, ...texts.map((text) => reply(text))]));
/** The tree as it is while the series is read: at the base, with a change of the user's. */
git(history.folder, 'checkout', '-q', '-b', 'work', base);
writeFileSync(join(history.folder, 'fs/dax.c'), 'int of_the_user;\n');
git(history.folder, 'add', 'fs/dax.c');

const review = (...args: string[]): Promise<Ended> =>
	tool(['review', thread, '-C', history.folder, ...args]);

/** Everything that a review could change in the tree. */
const stateOf = (folder: string) => ({
	status: git(folder, '--no-optional-locks', 'status', '--porcelain=v2', '--branch'),
	refs: git(folder, 'for-each-ref'),
	worktrees: git(folder, 'worktree', 'list'),
	index: readFileSync(join(folder, '.git/index')).toString('base64'),
	source: statSync(join(folder, 'drivers/dax/super.c')).mtimeMs,
	objects: git(folder, 'count-objects', '-v'),
});

t.test('patch 7 of 9 fixes the put/get race and warns on a supported removal', async (t) => {
	const before = stateOf(history.folder);
	const TMPDIR = temporary('scratches');
	const args = ['review', thread, '-C', history.folder];
	const { code, out, err } = await tool(args, { env: { TMPDIR } });
	t.equal(code, 1, err);
	t.match(out, `base: ${base.slice(0, 12)}, the base-commit of the series`);
	t.match(out, /^ +base +1 +4 +6 +7 +8 +9$/m, 'the table has the patches that are compiled');
	t.match(out, /^DAXV-0001 +fail +fail +fail +fail +\. +\. +\. /m);
	t.match(out, /^DAXV-0020 +\. +\. +\. +\. +FAIL +FAIL +FAIL /m);
	t.notMatch(out, /^DAXV-0004/m, 'there is no row for a vector that does not change');
	t.match(
		out,
		/^7\/9 .*: fixes DAXV-0001,.* and makes DAXV-0020,.* fail: 1 WARN in fs_put_dax\(\), expected 0$/m,
	);
	t.match(
		out,
		/^2\/9 .*: changes nothing that is compiled; 1 other file was not looked at: fs\/dax\.c$/m,
	);
	t.match(out, /^3\/9 .*: changes nothing that is compiled$/m);
	t.match(out, /^4\/9 .*: changes no verdict that is scored$/m);
	t.match(out, /super\.c:\d+: \+ WARN_ON\(prev != holder\);/, 'the line of the patch is named');
	t.match(out, /^ +\*{3} WARN in fs_put_dax\(\)$/m, 'the interleaving is shown');
	t.match(out, /the base fails already: DAXV-0001,/);
	t.match(out, /^a regression against the base$/m);
	t.same(stateOf(history.folder), before, 'tree, index, branches and objects are as they were');
	t.same(readdirSync(TMPDIR), [], 'the scratch folder is gone');
});

t.test('--reply prints the body of a mail in 72 columns', async (t) => {
	const { code, out } = await review('--reply', 'DAXV-0001', 'DAXV-0020');
	t.equal(code, 1);
	const lines = out.trimEnd().split('\n');
	t.match(lines[0], /^> Test Author, .*2026.*:$/);
	t.equal(lines[1], '> [PATCH v3 7/9] dax: fix holder_ops race in fs_put_dax()');
	t.match(
		out,
		/Patch 7\/9 fixes DAXV-0001 and makes DAXV-0020 fail: 1 WARN in\s+fs_put_dax\(\), expected 0\./,
	);
	t.match(out, /^ {2}\*{3} WARN in fs_put_dax\(\)$/m);
	t.match(out, /^ {2}\+ WARN_ON\(prev != holder\);$/m);
	t.match(out, `  dax-vectors review ${thread} -C ${history.folder}`);
	const long = lines.filter((line) => line.length > 72 && !/^ {2}(https:|dax-vectors )/.test(line));
	t.same(long, [], 'only links and the command are longer');
});

t.test(
	'--reporter json has verdicts, interleavings and the lines that the bug touches',
	async (t) => {
		const { code, out } = await review('--reporter', 'json', 'DAXV-0001', 'DAXV-0020');
		t.equal(code, 1);
		const records = out
			.trimEnd()
			.split('\n')
			.map((line) => JSON.parse(line));
		const validReview = validator('review');
		const validReport = validator('report');
		t.notOk(validReview({ ...records[0], format: 0 }));
		for (const record of records) {
			t.ok(validReview(record), JSON.stringify(validReview.errors));
			const { patch, ...result } = record;
			if (record.record === 'result') t.ok(validReport(result), JSON.stringify(validReport.errors));
		}
		t.match(records[0], {
			record: 'review',
			series: { version: 3, total: 9 },
			base: { commit: base },
		});
		t.match(records.at(-1), { record: 'footer', exit: 1, stopped: null });
		const patches = records.filter(({ record }) => record === 'patch');
		t.same(
			patches.map(({ patch }) => patch),
			[1, 2, 3, 4, 5, 6, 7, 8, 9],
		);
		t.match(patches[6], { name: '7/9', author: 'Test Author', messageId: /@/, compiled: true });
		t.match(patches[1], { compiled: false, outside: ['fs/dax.c'] });
		const changes = records.filter(({ record }) => record === 'change');
		t.same(
			changes.map(({ patch, id, kind, regression }) => [patch, id, kind, regression]),
			[
				[7, 'DAXV-0001/fs_dax_get_by_bdev', 'fixes', false],
				[7, 'DAXV-0020', 'breaks', true],
			],
		);
		const [, broken] = changes;
		t.match(broken.lines, [{ side: 'added' }, {}, { text: 'WARN_ON(prev != holder);' }]);
		const result = records.find(
			({ record, patch, id }) => record === 'result' && patch === 7 && id === 'DAXV-0020',
		);
		t.match(result, {
			verdict: 'fail',
			failures: [{ lanes: { threads: ['calls'] }, token: /^dv1\./ }],
		});
	},
);

/** Reviews commits that are made on the base. */
async function reviewOf(
	changes: Parameters<History['change']>[0][],
	...args: string[]
): Promise<Ended> {
	git(history.folder, 'stash', '-q');
	git(history.folder, 'checkout', '-q', '--detach', base);
	for (const change of changes) history.change(change);
	const [first = ''] = history.formatPatch(base);
	git(history.folder, 'checkout', '-q', 'work');
	git(history.folder, 'stash', 'pop', '-q', '--index');
	return tool(['review', dirname(first), '-C', history.folder, ...args]);
}

t.test('a series without a regression ends with 0, although the base fails vectors', async (t) => {
	const change = { subject: 'dax: as merged', edits: [putFixes.v4] };
	const { code, out } = await reviewOf(
		[change],
		'DAXV-0001',
		'DAXV-0013',
		'DAXV-0020',
		'DAXV-0059',
	);
	t.equal(code, 0, out);
	t.match(out, /base: HEAD \(\w+\), the series names no base-commit/);
	t.match(out, /1\/1 .*: fixes DAXV-0001 and DAXV-0013$/m);
	t.match(out, /no regression against the base/);
});

t.test('a regression that a later patch mends is still one', async (t) => {
	const { code, out } = await reviewOf(
		[
			{ subject: 'dax: as in V3', edits: [putFixes.v3] },
			{ subject: 'dax: as in V4', edits: [putFixes.fromV3toV4] },
		],
		'DAXV-0020',
	);
	t.equal(code, 1);
	t.match(out, /^DAXV-0020 +\. +FAIL +\. /m);
	t.match(out, /2\/2 .*: fixes DAXV-0020$/m);
});

t.test('a series that cannot be judged ends with 125 and says why', async (t) => {
	const nothing = await reviewOf(
		[{ subject: 'fs: x', files: { 'fs/new.c': 'int x;\n' } }],
		'DAXV-0020',
	);
	t.equal(nothing.code, 125);
	t.match(nothing.out, /1\/1 .*: changes nothing that is compiled; 1 other file .*: fs\/new\.c/);
	const half = await reviewOf(
		[
			{
				subject: 'dax: half',
				edits: [{ from: 'static dev_t dax_devt;', to: 'static dev_t dax_devt = not_yet_known;' }],
			},
			{ subject: 'dax: whole', edits: [{ from: ' = not_yet_known;', to: ';' }] },
		],
		'DAXV-0020',
	);
	t.equal(half.code, 125);
	t.match(
		half.out,
		/1\/2 .*: cannot be judged: drivers\/dax\/super\.c:\d+:\d+: error: .*not_yet_known/,
	);
	t.notMatch(half.out, /dax-review-/, 'no path of the scratch folder');
});

t.test('a patch that does not apply: words of git, file and hunk, base', async (t) => {
	const { code, out } = await review('DAXV-0020', '--base', 'main');
	t.equal(code, 125);
	t.match(out, /base: main \(\w+\), as asked for/);
	t.match(
		out,
		/^1\/9 does not apply to main \(\w+\) \(as asked for\): git says: error: while searching for:$/m,
	);
	t.match(out, /MODULE_AUTHOR/, 'the hunk');
	t.match(out, /^error: patch failed: drivers\/dax\/super\.c:\d+$/m);
});

t.test('a base that the repository lacks is named, and HEAD is tried', async (t) => {
	const unknown = '1234567890'.repeat(4);
	const path = join(temporary('other'), 'thread.mbox');
	writeFileSync(path, mbox(texts).replaceAll(base, unknown));
	const { out } = await tool(['review', path, '-C', history.folder, 'DAXV-0020']);
	t.match(out, /base: HEAD \(\w+\), .* lacks 123456789012, the base-commit of the series/);
});

t.test('takes a bare clone, and a folder without a repository', async (t) => {
	const bare = join(temporary('bare'), 'linux.git');
	git('.', 'clone', '-q', '--bare', history.folder, bare);
	t.equal((await tool(['review', thread, '-C', bare, 'DAXV-0020'])).code, 1);
	const plain = temporary('plain');
	mkdirSync(join(plain, 'x'));
	git(history.folder, '--work-tree', plain, 'checkout', base, '--', 'drivers', 'include');
	git(history.folder, 'reset', '-q');
	const { code, out } = await tool(['review', thread, '-C', plain, 'DAXV-0020']);
	t.equal(code, 1);
	t.match(out, `base: the files of ${plain}`);
});

t.test('equal contents are judged once', async (t) => {
	const { out } = await reviewOf(
		[
			{ subject: 'dax: one', edits: [comment('one')] },
			{ subject: 'dax: revert one', edits: [{ from: '/* one */\n', to: '' }] },
		],
		'DAXV-0020',
		'--reporter',
		'json',
	);
	const results = out.split('\n').filter((line) => line.includes('"record":"result"'));
	const times = results
		.map((line) => JSON.parse(line))
		.map(({ patch, milliseconds }) => [patch, milliseconds]);
	t.equal(times[0]?.[1], times[2]?.[1], 'the verdict of the base is that of the revert');
	t.not(times[0]?.[1], times[1]?.[1]);
});
