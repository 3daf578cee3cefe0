// SPDX-License-Identifier: MIT
/** git bisect run with the commands of docs/run.md finds the commit that broke a vector and the commit that fixed it. */
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { packageRoot } from '../../runner/text/package-root';
import { gitEnvironment } from '../git-environment';
import { needs, willRun } from '../needs';
import { debianTree } from './debian';
import { apply, type Edit, editedTree, SUPER } from './edits';
import { putOfV1, putOfV3, putOfV4 } from './revisions';

const TREE = needs('git', 'cc', 'kernel source');

const comment = (text: string): Edit => ({
	from: 'MODULE_AUTHOR("Intel Corporation");\n',
	to: `/* ${text} */\nMODULE_AUTHOR("Intel Corporation");\n`,
});
const unknown: Edit = {
	from: 'static dev_t dax_devt;',
	to: 'static dev_t dax_devt = not_yet_known;',
};

/** The commits, oldest first; each is the unmodified file with these edits. */
const history: readonly (readonly [string, readonly Edit[]])[] = [
	['as in v6.12', []],
	['a comment', [comment('one')]],
	['put as in V1', [putOfV1]],
	['half of a change', [putOfV1, unknown]],
	['still half of it', [putOfV1, unknown, comment('two')]],
	['undone', [putOfV1, comment('two')]],
	['put as in V3', [putOfV3]],
	['another comment', [putOfV3, comment('three')]],
	['put as in V4', [putOfV4]],
	['as merged', [putOfV4, comment('four')]],
];

const folder = mkdtempSync(join(tmpdir(), 'dax-bisect-'));
const bin = mkdtempSync(join(tmpdir(), 'dax-bin-'));
const tool = join(bin, 'dax-vectors');
writeFileSync(
	tool,
	`#!/bin/sh\nexec "${process.execPath}" "${packageRoot}/dist/runner/cli.js" "$@"\n`,
);
chmodSync(tool, 0o755);
const env = gitEnvironment(bin);

function sh(line: string): string {
	const { status, stdout, stderr } = spawnSync('sh', ['-c', line], {
		cwd: folder,
		env,
		encoding: 'utf8',
	});
	if (status !== 0) throw new Error(`${line}: ${stderr}${stdout}`);
	return stdout;
}

const commits = new Map<string, string>();

t.before(() => {
	if (!willRun('git', 'cc', 'kernel source')) return;
	editedTree(debianTree('6.12'), folder, []);
	const original = readFileSync(join(folder, SUPER), 'utf8');
	sh('git init -q');
	for (const [subject, edits] of history) {
		writeFileSync(join(folder, SUPER), edits.reduce(apply, original));
		sh(`git add -A && git commit -q --allow-empty -m '${subject}'`);
		commits.set(subject, sh('git rev-parse HEAD').trim());
	}
});

/** Runs the commands of a section of docs/run.md, with commits for its capital words. */
const section = readFileSync(join(packageRoot, 'docs/run.md'), 'utf8')
	.split(/^#+ Which commit$/m)[1]!
	.split(/^#/m)[0]!;
const [broke, fixed] = section
	.split(/^ {4}git bisect reset$/m)
	.map((part) => [...part.matchAll(/^ {4}(git bisect .*)$/gm)].map(([, line]) => line!));

function bisect(lines: readonly string[], names: Readonly<Record<string, string>>): string {
	let out = '';
	for (const line of lines)
		out += sh(
			`${line} 2>&1`.replace(/\b(GOOD|BAD|BROKEN|FIXED)\b/g, (word) => commits.get(names[word]!)!),
		);
	sh('git bisect reset 2>&1');
	return out;
}

t.test('finds the put of V3, which broke DAXV-0020', TREE, async (t) => {
	t.match(broke, [/git bisect start BAD GOOD/, /git bisect run dax-vectors run DAXV-0020$/]);
	const out = bisect(broke!, { GOOD: 'as in v6.12', BAD: 'another comment' });
	t.match(out, `${commits.get('put as in V3')} is the first bad commit`);
	t.match(out, 'this tree needs not_yet_known', 'a commit that does not compile was skipped');
});

t.test('finds the put of V1, which fixed DAXV-0001', TREE, async (t) => {
	t.match(fixed, [
		/git bisect start .* FIXED BROKEN/,
		/git bisect run dax-vectors run DAXV-0001 .*--find-fix/,
	]);
	const out = bisect(fixed!, { BROKEN: 'as in v6.12', FIXED: 'as merged' });
	t.match(out, `${commits.get('put as in V1')} is the first fixed commit`);
});
