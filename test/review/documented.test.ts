// SPDX-License-Identifier: MIT
/** The commands of docs/review-a-series.md, on releases of Debian's, in the order in which the page has them. */
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { packageRoot } from '../../runner/text/package-root';
import { debianTree } from '../native/debian';
import type { Edit } from '../native/edits';
import { fileNeeds } from '../needs';
import { shell } from '../tool';
import { comment, git, History, temporary } from './history';
import { gzip, mbox, reply } from './mangle';

fileNeeds(t, __filename, 'git', 'cc', 'bash', 'kernel source');

const warns: Edit = {
	in: 'fs_put_dax',
	from: 'WARN_ON(prev && prev != holder);',
	to: 'WARN_ON(prev != holder);',
};
const calm: Edit = { in: 'fs_put_dax', from: warns.to, to: warns.from };

/** A folder with a clone "linux" and a thread of a series in three versions. */
const folder = temporary('documented');
const history = new History(debianTree('6.12'));
git(history.folder, 'tag', 'v6.12');
history.change({ subject: 'dax: put as in V3', release: debianTree('7.3'), edits: [warns] });
history.change({ subject: 'dax: put as merged', edits: [calm] });
git(history.folder, 'tag', 'v7.3');
const thread = [1, 2, 3].flatMap((version) => {
	git(history.folder, 'checkout', '-q', '--detach', 'v7.3');
	history.change({ subject: 'dax: a comment', edits: [comment(`version ${version}`)] });
	history.change({ subject: 'dax: warn', edits: version === 3 ? [warns] : [] });
	history.change({ subject: 'mm: more', files: { 'mm/more.c': 'int x;\n' } });
	const options = [`-v${version}`, '--cover-letter', '--base=v7.3', '--thread', '--always'];
	const mails = history.formatPatch('v7.3', ...options).map((path) => readFileSync(path, 'utf8'));
	return [...mails, ...mails.map((mail) => reply(mail))];
});
git(history.folder, 'checkout', '-q', 'main');
renameSync(history.folder, join(folder, 'linux'));
writeFileSync(join(folder, 'thread.mbox.gz'), gzip(mbox(thread)));

const page = readFileSync(join(packageRoot, 'docs/review-a-series.md'), 'utf8');
const commands = [...page.matchAll(/^ {4}(dax-vectors .*)$/gm)].map(([, line]) => line ?? '');
const run = (line: string) => shell(`cd ${folder}; ${line}`);

/** Exit code of each command of the page, and what it prints. */
const EXPECTED: readonly (readonly [number, RegExp])[] = [
	[1, /^DAXV-0020 +\. +\. +FAIL /m],
	[1, /base: v7\.3 \(\w{12}\), as asked for/],
	[1, /2\/3 .*: makes DAXV-0020 fail: 1 WARN in fs_put_dax\(\), expected 0$/m],
	[1, /^$/],
	[1, /^$/],
	[1, /^DAXV-0020 \. +\. /m],
	[0, /^Fixes: \w{12} \("dax: put as in V3"\)$/m],
	[0, /^DAXV-0001 {2}before +\w{12} +A claim/m],
];

t.equal(commands.length, EXPECTED.length, 'each command is checked');
for (const [index, line] of commands.entries())
	t.test(`${line}`, async (t) => {
		const [code, text] = EXPECTED[index] ?? [0, /never/];
		const ended = await run(line);
		t.equal(ended.code, code, ended.err);
		t.match(ended.out, text);
	});

t.test('the files that the commands write are a reply and records', async (t) => {
	const body = readFileSync(join(folder, 'reply.txt'), 'utf8');
	t.match(body, /^> \[PATCH v3 2\/3\] dax: warn$/m);
	t.match(body, /^ {2}dax-vectors review thread\.mbox\.gz -C linux$/m);
	const records = readFileSync(join(folder, 'review.jsonl'), 'utf8').trimEnd().split('\n');
	t.match(JSON.parse(records.at(-1) ?? ''), { record: 'footer', exit: 1 });
});
