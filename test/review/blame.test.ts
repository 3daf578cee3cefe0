// SPDX-License-Identifier: MIT
/** The commits that made vectors fail or pass are found in a history, bare and partial clones included. */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { validator } from '../../runner/library/schemas';
import { debianTree } from '../native/debian';
import type { Edit } from '../native/edits';
import { fileNeeds, needs } from '../needs';
import { tool } from '../tool';
import { comment, git, History, putFixes, temporary } from './history';

fileNeeds(t, __filename, 'git', 'cc', 'kernel source');

const history = new History();
const { folder } = history;
const unknown: Edit = {
	from: 'static dev_t dax_devt;',
	to: 'static dev_t dax_devt = not_yet_known;',
};
const known: Edit = { from: ' = not_yet_known;', to: ';' };
const commits = new Map<string, string>();
const make = (subject: string, edits: readonly Edit[], files = {}) =>
	commits.set(subject, history.change({ subject, edits, files }));
const hash = (subject: string): string => commits.get(subject) ?? '';
const short = (subject: string): string => hash(subject).slice(0, 12);

make('dax: a comment', [comment('one')]);
make('fs: another file', [], { 'fs/dax.c': 'int x;\n' });
make('dax: not compiled', [], { 'drivers/dax/other.c': 'int x;\n' });
make('dax: put as in V1', [putFixes.v1]);
make('dax: half of a change', [unknown]);
make('dax: still half of it', [comment('two')]);
make('dax: undone', [known]);
git(folder, 'checkout', '-q', '-b', 'side');
make('dax: a comment on the side', [comment('three')]);
make('dax: put as in V3', [putFixes.fromV1toV3]);
make('dax: another comment on the side', [comment('four')]);
git(folder, 'checkout', '-q', 'main');
make('fs: meanwhile', [], { 'fs/dax.c': 'int y;\n' });
git(folder, 'merge', '-q', '--no-ff', '-m', 'Merge the side', 'side');
make('dax: put as in V4', [putFixes.fromV3toV4]);
make('dax: a last comment', [comment('five')]);
/** Branch on which commits that do not compile hide the change. */
git(folder, 'checkout', '-q', '-b', 'hidden', hash('dax: a comment'));
make('dax: broken', [unknown]);
make('dax: broken, and put as in V3', [putFixes.v3]);
make('dax: compiles again', [known]);
git(folder, 'checkout', '-q', 'main');

const blame = (...args: string[]) => tool(['blame', '-C', folder, ...args]);

t.test(
	'what broke DAXV-0020 on a side branch, and what fixed it, is found between equal ends',
	async (t) => {
		const { code, out, err } = await blame('DAXV-0020');
		t.equal(code, 0, err);
		t.match(out, /^ {2}pass {2}at the start of the range$/m);
		t.match(
			out,
			new RegExp(
				`^  fail  since ${short('dax: put as in V3')} \\("dax: put as in V3"\\), merged by \\w{12}$`,
				'm',
			),
		);
		t.match(out, new RegExp(`^  pass  since ${short('dax: put as in V4')} `, 'm'));
		t.match(out, `\nFixes: ${short('dax: put as in V3')} ("dax: put as in V3")\n`);
		t.match(out, /first-parent order, merges are followed into their branches/);
		t.match(out, /10 commits of HEAD touch drivers\/dax or its headers, 9 states differ/);
	},
);

t.test('checkpatch.pl accepts the Fixes: line', needs('perl'), async (t) => {
	const { out } = await blame('DAXV-0020');
	const fixes = /^Fixes: .*$/m.exec(out)?.[0] ?? '';
	const check = (line: string) => {
		const patch = join(temporary('patch'), '0001.patch');
		const message = `From: A <a@b.cd>\nSubject: [PATCH] dax: mend it\n\nA reason.\n\n${line}\nSigned-off-by: A <a@b.cd>\n`;
		const diff = '---\n x | 2 +-\n\ndiff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\n';
		writeFileSync(patch, message + diff);
		const script = join(debianTree('6.12'), 'scripts/checkpatch.pl');
		return spawnSync('perl', [script, '--no-tree', '--no-summary', patch], {
			cwd: folder,
			encoding: 'utf8',
		});
	};
	t.notMatch(check(fixes).stdout, /Fixes/);
	t.match(check(fixes.replace('V3', 'V9')).stdout, /Fixes/, 'another subject is refused');
});

t.test('what was broken before the range has no Fixes: line', async (t) => {
	const { code, out } = await blame('DAXV-0001');
	t.equal(code, 0);
	t.match(out, /^ {2}fail {2}at the start of the range$/m);
	t.match(out, new RegExp(`^  pass  since ${short('dax: put as in V1')} `, 'm'));
	t.notMatch(out, /^Fixes:/m);
});

t.test(
	'commits that cannot be judged are skipped, and named where they hide the answer',
	async (t) => {
		const clear = await blame(
			'DAXV-0001',
			`${hash('dax: a comment')}..${hash('dax: still half of it')}`,
		);
		t.match(clear.out, new RegExp(`since ${short('dax: put as in V1')} `));
		t.equal(clear.code, 0);
		const hidden = await blame('DAXV-0020', `${hash('dax: a comment')}..hidden`);
		t.equal(hidden.code, 125);
		t.match(hidden.out, new RegExp(`^  fail  since ${short('dax: compiles again')} `, 'm'));
		t.match(hidden.out, /or since one of 2 before it that cannot be judged:/);
		t.match(hidden.out, new RegExp(`${short('dax: broken')} \\("dax: broken"\\): .*not_yet_known`));
		t.notMatch(hidden.out, /^Fixes:/m);
	},
);

t.test('--all is a table of every vector', async (t) => {
	const { code, out } = await blame('--all');
	t.equal(code, 0);
	t.match(out, /^ +introduced by +fixed by$/m);
	const v1 = short('dax: put as in V1');
	const [v3, v4] = [short('dax: put as in V3'), short('dax: put as in V4')];
	t.match(out, new RegExp(`^DAXV-0001  before +${v1} +A claim`, 'm'));
	t.match(out, new RegExp(`^DAXV-0020  ${v3} +${v4} +A release`, 'm'));
	t.match(out, /^DAXV-0059 {2}before +\(open\) A claim that races/m);
	t.notMatch(out, /^DAXV-0004/m, 'there is no row for a vector that never fails');
	t.match(out, new RegExp(`^${v3} dax: put as in V3$`, 'm'));
});

t.test('--reporter json has the same', async (t) => {
	const { out } = await blame('DAXV-0020', '--reporter', 'json');
	const [head, vector] = out
		.trimEnd()
		.split('\n')
		.map((line) => JSON.parse(line));
	const valid = validator('blame');
	for (const record of [head, vector]) t.ok(valid(record), JSON.stringify(valid.errors));
	t.notOk(valid({ ...vector, turns: [{}] }));
	t.match(head, { record: 'blame', commits: 10, states: 9 });
	t.match(vector, { vector: 'DAXV-0020', start: 'pass', end: 'pass', fixes: /^Fixes: \w{12} \("/ });
	t.same(
		vector.turns.map((turn: { to: string }) => turn.to),
		['fail', 'pass'],
	);
});

t.test('bare and partial clones will do, if they have the objects', async (t) => {
	const bare = join(temporary('bare'), 'linux.git');
	git('.', 'clone', '-q', '--bare', folder, bare);
	t.match((await tool(['blame', 'DAXV-0020', '-C', bare])).out, /^Fixes: /m);
	git(folder, 'config', 'uploadpack.allowFilter', 'true');
	const partial = join(temporary('partial'), 'linux');
	git('.', 'clone', '-q', '--filter=blob:none', `file://${folder}`, partial);
	const here = await tool(['run', 'DAXV-0020', '-i', `native:${partial}@HEAD`]);
	t.equal(here.code, 0, 'the checkout fetched the objects of HEAD');
	const address = `native:${partial}@${hash('dax: put as in V1')}`;
	// The cache of this machine may have the files.
	const env = { XDG_CACHE_HOME: temporary('cache') };
	const missing = await tool(['run', 'DAXV-0020', '-i', address], { env });
	t.equal(missing.code, 125);
	t.match(
		missing.out + missing.err,
		/lacks the contents of drivers\/dax\/super\.c: git -C .* fetch --refetch/,
	);
});

t.test('several revisions give a table, and a range means its end', async (t) => {
	const at = (name: string) => ['-i', `native:${folder}@${name}`];
	const names = [short('dax: a comment'), `main..${short('dax: put as in V3')}`, 'main'];
	const { out } = await tool(['run', 'DAXV-0001', 'DAXV-0020', ...names.flatMap(at)]);
	t.match(out, /^DAXV-0020 \. +FAIL +\. /m);
	t.match(out, /^DAXV-0001 FAIL +\. +\. /m);
});

t.test('the configuration of a repository starts no program', async (t) => {
	const witness = join(temporary('witness'), 'ran');
	const script = join(temporary('script'), 'run.sh');
	writeFileSync(script, `#!/bin/sh\ntouch ${witness}\n`, { mode: 0o755 });
	const clone = join(temporary('clone'), 'linux');
	git('.', 'clone', '-q', folder, clone);
	for (const key of [
		'core.fsmonitor',
		'core.pager',
		'diff.external',
		'core.sshCommand',
		'gpg.program',
		'core.gitProxy',
	])
		git(clone, 'config', key, script);
	git(clone, 'config', 'log.showSignature', 'true');
	await tool(['blame', 'DAXV-0020', '-C', clone, 'HEAD~2..']);
	await tool(['run', 'DAXV-0020', '-i', `native:${clone}`]);
	const { status } = spawnSync('test', ['-e', witness]);
	t.equal(status, 1, 'nothing ran');
	git(clone, 'status');
	t.equal(spawnSync('test', ['-e', witness]).status, 0, 'the trap works: git status alone runs it');
});

t.test('names that are no commits are refused', async (t) => {
	const wrong = await blame('DAXV-0020', '--', '--output=/tmp/x');
	t.equal(wrong.code, 125);
	t.match(wrong.err, /has no commit "--output/);
	t.equal((await blame('DAXV-9999')).code, 129);
	t.equal((await blame()).code, 129);
});
