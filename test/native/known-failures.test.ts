// SPDX-License-Identifier: MIT
/** Known-failures lists of real trees: complete, not stale, and used on request only. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { needs } from '../needs';
import { tool } from '../tool';
import { debianTree, versions } from './debian';
import { editedTree } from './edits';
import { putOfV4, revisionTree } from './revisions';

const TREE = needs('cc', 'kernel source');

const run = (tree: string, ...words: string[]) => tool(['run', '-i', `native:${tree}`, ...words]);

for (const version of versions)
	t.test(`Debian's ${version} fails exactly what its list says`, TREE, async (t) => {
		const tree = debianTree(version);
		const listed = await run(tree, '--known-failures', `debian-${version}`);
		t.match(listed, { code: 0, out: /^\d+ fails? as known: /m });
		t.notMatch(listed.out, /xpass|XPASS/);
		t.match(await run(tree), { code: 1 }, 'without a list the failures count');
	});

t.test('a tree of v7.1 fails exactly what the list of its model says', TREE, async (t) => {
	t.match(await run(revisionTree('v7.1'), '--known-failures', 'v7.1'), { code: 0 });
});

t.test('a tree with the fix makes the list stale, with what to do', TREE, async (t) => {
	const folder = mkdtempSync(join(tmpdir(), 'dax-fixed-'));
	const tree = editedTree(debianTree('6.12'), folder, [putOfV4]);
	const { code, out } = await run(tree, '--known-failures', 'debian-6.12');
	t.equal(code, 1);
	t.match(out, 'passes, but is a known failure');
	t.match(out, /--known-failures debian-6\.12 --update-known-failures/);
});

t.test('rejects an unknown list name with the names of the lists', TREE, async (t) => {
	const { code, err } = await run(debianTree('6.12'), '--known-failures', 'debian-1.0');
	t.equal(code, 129);
	t.match(err, 'debian-1.0');
});
