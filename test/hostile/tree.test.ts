// SPDX-License-Identifier: MIT
/** A hostile kernel tree: git runs nothing that the configuration of the tree names. */
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { revisionOf } from '../../implementations/native/revision';
import { CITATION } from '../../runner/authoring/citations';
import { commitsIn } from '../../runner/authoring/git';
import { commit, git } from '../authoring/scratch';
import { needs } from '../needs';

const KEYS = ['core.fsmonitor', 'diff.external', 'core.pager', 'gpg.program', 'diff.x.textconv'];

t.test('ignores commands in the git configuration of a tree', needs('git'), async (t) => {
	const tree = mkdtempSync(join(tmpdir(), 'dax-tree-'));
	t.teardown(() => rmSync(tree, { recursive: true }));
	for (const file of ['drivers/dax/super.c', 'include/linux/dax.h', '.gitattributes']) {
		mkdirSync(join(tree, file, '..'), { recursive: true });
		writeFileSync(join(tree, file), file === '.gitattributes' ? '*.c diff=x\n' : '\n');
	}
	git(tree, ['init', '-q']);
	git(tree, ['add', '-A']);
	commit(tree, 'dax: a commit that cites DAXV-0001');
	const hook = join(tree, 'hook');
	writeFileSync(hook, `#!/bin/sh\ntouch ${join(tree, 'injected')}\n`, { mode: 0o755 });
	for (const key of KEYS) git(tree, ['config', key, hook]);
	git(tree, ['config', 'log.showSignature', 'true']);
	writeFileSync(join(tree, 'drivers/dax/super.c'), 'int changed;\n');
	t.match(revisionOf(tree), /^commit \w{12} with changes, super\.c sha256/);
	t.equal(commitsIn(tree, 'HEAD', CITATION).length, 1);
	t.notOk(existsSync(join(tree, 'injected')));
});
