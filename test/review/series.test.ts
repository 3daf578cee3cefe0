// SPDX-License-Identifier: MIT
/** Series are found in every form in which people save mails. */
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import t from 'tap';
import { openBase } from '../../runner/review/base';
import { readMails } from '../../runner/review/mails';
import { touchesScope } from '../../runner/review/patch-files';
import { Scratch } from '../../runner/review/scratch';
import { findSeries, type Series } from '../../runner/review/series';
import { fileNeeds } from '../needs';
import { comment, git, History, putFixes, temporary } from './history';
import { forms, gzip, mbox, reply } from './mangle';

fileNeeds(t, __filename, 'git', 'kernel source');

const history = new History();
const base = git(history.folder, 'rev-parse', 'HEAD').trim();
history.change({ subject: 'dax: say "größer" in a comment', edits: [comment('größer')] });
history.change({ subject: 'fs: dax: unrelated', files: { 'fs/dax.c': 'int related;\n' } });
history.change({ subject: 'dax: fix holder_ops race in fs_put_dax()', edits: [putFixes.v3] });
const options = ['--cover-letter', `--base=${base}`, '--thread'];
const v3 = history.formatPatch(base, '-v3', ...options);
const mails = v3.map((path) => readFileSync(path, 'utf8'));

/** Reads what is saved at a path. */
function read(path: string, version?: number): Series {
	const scratch = new Scratch();
	t.teardown(() => scratch.close());
	return findSeries(readMails(path, scratch.work), touchesScope, version);
}

/** Key of what is compiled after the last patch. */
function keyOf(series: Series): string {
	const scratch = new Scratch();
	const tree = openBase(history.folder, base);
	let { key } = scratch.begin(tree);
	for (const { patch } of series.patches) key = scratch.apply(patch, tree).content.key;
	scratch.close();
	return key;
}

/** Saves a text under a name; gives the path. */
function save(text: string | Buffer, name = 'thread.mbox'): string {
	const path = join(temporary('saved'), name);
	writeFileSync(path, text);
	return path;
}

const folder = join(v3[0] ?? '', '..');
const expected = keyOf(read(folder));

t.test('a folder of patches gives the patches in order', async (t) => {
	const series = read(folder);
	t.match(series, { version: 3, total: 3, missing: [], baseCommit: base, otherVersions: [] });
	t.same(
		series.patches.map(({ number, title }) => [number, title]),
		[
			[1, 'dax: say "größer" in a comment'],
			[2, 'fs: dax: unrelated'],
			[3, 'dax: fix holder_ops race in fs_put_dax()'],
		],
	);
	t.match(series.patches[0]?.messageId, /@/);
	t.not(expected, keyOf({ ...series, patches: series.patches.slice(0, 1) }));
});

for (const [name, form] of Object.entries(forms))
	t.test(`reads ${name}`, async (t) => {
		const target = temporary('form');
		for (const [index, path] of v3.entries())
			writeFileSync(join(target, basename(path)), form(mails[index] ?? ''));
		const series = read(target);
		t.equal(series.patches.length, 3);
		t.equal(series.patches[0]?.title, 'dax: say "größer" in a comment');
		t.equal(keyOf(series), expected, 'every byte of the patches is the same');
	});

t.test('a thread in one file: replies are left out, patches are put in order', async (t) => {
	const shuffled = [...mails, ...mails.map((mail) => reply(mail))].reverse();
	for (const path of [save(mbox(shuffled)), save(gzip(mbox(shuffled)), 'thread.mbox.gz')]) {
		const series = read(path);
		t.match(series.patches[0]?.text, /^From here on\.$/m, 'a line that an mbox has to quote');
		t.same(
			series.patches.map(({ number }) => number),
			[1, 2, 3],
		);
		t.equal(series.baseCommit, base);
		t.equal(keyOf(series), expected);
	}
});

t.test('of several versions the newest is taken, or the one asked for', async (t) => {
	const v4 = history
		.formatPatch(base, '-v10', ...options)
		.map((path) => readFileSync(path, 'utf8'));
	const path = save(mbox([...v4, ...mails]));
	t.match(read(path), { version: 10, otherVersions: [3] });
	t.match(read(path, 3), { version: 3, otherVersions: [10] });
	t.throws(() => read(path, 4), { message: /no version 4: they have 3, 10/ });
});

t.test('subjects name version and number in many ways', async (t) => {
	const subjects = [
		'[PATCH V3 2/3]',
		'[PATCHv3 2/3]',
		'[RFC PATCH 2/3 v3]',
		'[PATCH][v3 02/03]',
		'[RESEND PATCH v3 2/3]',
		'[linux-nvdimm] [PATCH v3 2/3]',
		'[PATCH 6.12.y v3 2/3]',
	];
	const patch = Buffer.from('diff --git a/drivers/dax/super.c b/drivers/dax/super.c\n');
	for (const subject of subjects) {
		const mail = {
			subject: `${subject} a: b`,
			author: '',
			date: '',
			messageId: '',
			text: '',
			patch,
		};
		t.match(findSeries([mail], touchesScope), { version: 3, total: 3, missing: [1, 3] }, subject);
	}
});

t.test(
	'a thread with a series for another project gives the one that touches drivers/dax',
	async (t) => {
		const other = mails.map((mail) =>
			mail
				.replace('[PATCH v3', '[PATCH ndctl v7')
				.replaceAll('drivers/dax/super.c', 'ndctl/list.c'),
		);
		t.match(read(save(mbox([...other, ...mails]))), { version: 3, total: 3 });
	},
);

t.test(
	'a patch that is missing is named, and one that was sent again replaces the first',
	async (t) => {
		const [cover = '', first = '', , third = ''] = mails;
		t.same(read(save(mbox([cover, first, third]))).missing, [2]);
		const again = third
			.replace(/^Date: .*/m, 'Date: Sun, 31 May 2026 12:00:00 +0000')
			.replace('WARN_ON(prev != holder)', 'WARN_ON(prev && prev != holder)');
		const both = read(save(mbox([cover, again, first, third])));
		t.match(both.patches.at(-1)?.patch.toString(), /prev && prev != holder/);
	},
);

t.test('one mail alone is a series of one patch', async (t) => {
	const { patches, missing } = read(save(mails[3] ?? '', 'mail.eml'));
	t.same(
		patches.map(({ number }) => number),
		[3],
	);
	t.same(missing, [1, 2]);
});

t.test(
	'patches without tags in their subjects are taken in the order of their files',
	async (t) => {
		const plain = history.formatPatch(base, '-k');
		t.same(
			read(join(plain[0] ?? '', '..')).patches.map(({ number, title }) => [
				number,
				title.slice(0, 4),
			]),
			[
				[1, 'dax:'],
				[2, 'fs: '],
				[3, 'dax:'],
			],
		);
	},
);

t.test('files that hold no series are refused with what to do', async (t) => {
	const empty = temporary('empty');
	mkdirSync(join(empty, 'folder'));
	copyFileSync(v3[0] ?? '', join(empty, '.hidden'));
	t.throws(() => read(empty), { message: /has no files: save the mails in it/ });
	t.throws(() => read(save('<!doctype html><title>x</title>')), {
		message: /none of \d mails is a patch/,
	});
	t.throws(() => read(save('')), { message: /none of 0 mails is a patch/ });
	t.throws(() => read(save(mbox([mails[0] ?? '']))), { message: /none of 1 mails is a patch/ });
	t.throws(() => read('/nope'), { message: /there is no \/nope/ });
	const cut = gzip(mbox(mails)).subarray(0, 500);
	t.throws(() => read(save(cut, 'x.gz')), { message: /damaged or cut off/ });
});
