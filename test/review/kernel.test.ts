// SPDX-License-Identifier: MIT
/** review --kernel judges each patch in user space and in a live kernel. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { fileNeeds } from '../needs';
import { tool } from '../tool';
import { git, History, putFixes, temporary } from './history';
import { mbox } from './mangle';

fileNeeds(t, __filename, 'git', 'cc', 'kernel source', 'live kernel');

const SUMMARY =
	/^2\/2 .*: fixes DAXV-0001 and makes DAXV-0020 fail: 1 WARN in fs_put_dax\(\), expected 0$/m;

t.test('the same patch fixes and breaks the same vectors live as in user space', async (t) => {
	const history = new History();
	const base = git(history.folder, 'rev-parse', 'HEAD').trim();
	history.change({ subject: 'fs: dax: unrelated', files: { 'fs/dax.c': 'int related;\n' } });
	history.change({ subject: 'dax: fix holder_ops race in fs_put_dax()', edits: [putFixes.v3] });
	const mails = history.formatPatch(base, '-v3', '--cover-letter', `--base=${base}`, '--thread');
	const thread = join(temporary('thread'), 'thread.mbox');
	writeFileSync(thread, mbox(mails.map((path) => readFileSync(path, 'utf8'))));
	const args = [thread, '-C', history.folder, '--kernel', 'DAXV-0001', 'DAXV-0020'];
	const { code, out, err } = await tool(['review', ...args]);
	t.equal(code, 1, err);
	const [native = '', live = ''] = out.split(/^Live, in Debian's kernel under QEMU:$/m);
	for (const text of [native, live]) {
		t.match(text, SUMMARY);
		t.match(text, /^DAXV-0020 +\. +FAIL /m);
		t.match(text, /^ +\*{3} WARN in fs_put_dax\(\)$/m);
	}
	t.match(native, /super\.c:\d+: \+ WARN_ON\(prev != holder\);/);
});
