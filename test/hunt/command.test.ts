// SPDX-License-Identifier: MIT
/** The command hunt: output, drafts, exit codes. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { loadVector } from '../../runner/library/load';
import { tool, toolHere } from '../tool';

t.setTimeout(120_000);

const folder = mkdtempSync(join(tmpdir(), 'dax-vectors-hunt-'));
t.teardown(() => rmSync(folder, { recursive: true }));

t.test('prints a finding with its interleaving and the vectors that cover it', async (t) => {
	const out = join(folder, 'new');
	const hunted = await tool(['hunt', '-i', 'reference:kill-keeps-ops', '--programs', '26']);
	t.equal(hunted.code, 1);
	t.match(
		hunted.out,
		/^stale-holder: operations {2}the device has no holder, but the operations of A/m,
	);
	t.match(hunted.out, /^ {6}holder_data A -> NULL \(plain\)$/m);
	t.match(hunted.out, /covered by .*DAXV-/);
	t.match(hunted.out, /^\d findings in 26 programs, seed 1\ncomplete: 1 call, every interleaving/m);
	t.notOk(existsSync(out), 'writes nothing without --out');
});

t.test('writes a draft that lint accepts, with its interleaving as a comment', async (t) => {
	const out = join(folder, 'all');
	const args = ['hunt', '-i', 'reference:kill-keeps-ops', '--programs', '26', '--all'];
	const hunted = await tool([...args, '--out', out]);
	t.equal(hunted.code, 1);
	const files = readdirSync(out);
	t.ok(files.length > 0);
	for (const name of files) {
		t.equal(`${loadVector(join(out, name)).vector.id}.yaml`, name);
		t.match(readFileSync(join(out, name), 'utf8'), /^# Draft of "dax-vectors hunt": .*\n#\n# /m);
	}
	await tool([...args, '--out', out]);
	t.equal(readdirSync(out).length, 2 * files.length, 'overwrites no draft');
});

t.test('rejects bad arguments with exit code 2, and an unavailable tree with 125', async (t) => {
	for (const args of [['DAXV-0001'], ['-i', 'reference:*'], ['--programs', '0'], ['--seed', 'x']])
		t.equal((await toolHere(['hunt', ...args])).code, 129, args.join(' '));
	const { code, err } = await tool(['hunt', '-i', `native:${folder}`]);
	t.equal(code, 125);
	t.match(err, /native/);
});
