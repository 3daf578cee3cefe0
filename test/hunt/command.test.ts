// SPDX-License-Identifier: MIT
/** hunt as its users have it. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { loadVector } from '../../runner/library/load';
import { tool } from '../tool';

t.setTimeout(120_000);

const folder = mkdtempSync(join(tmpdir(), 'dax-vectors-hunt-'));
t.teardown(() => rmSync(folder, { recursive: true }));

t.test('a finding is told with its interleaving, and with who sees it already', async (t) => {
	const out = join(folder, 'new');
	const hunted = await tool(['hunt', '-i', 'reference:kill-keeps-ops', '--programs', '26']);
	t.equal(hunted.code, 1);
	t.match(hunted.out, /^stale-holder: operations {2}nobody holds the device, but it has/m);
	t.match(hunted.out, /^ {6}holder_data A -> NULL \(plain\)$/m);
	t.match(hunted.out, /seen by .*DAXV-/);
	t.match(hunted.out, /^\d findings in 26 programs, seed 1\ncomplete: 1 call, every interleaving/m);
	t.notOk(existsSync(out), 'nothing is written unasked');
});

t.test('a draft is a vector that lint takes and that tells its story', async (t) => {
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
	t.equal(readdirSync(out).length, 2 * files.length, 'no draft is overwritten');
});

t.test('what is off is said', async (t) => {
	for (const args of [['DAXV-0001'], ['-i', 'reference:*'], ['--programs', '0'], ['--seed', 'x']])
		t.equal((await tool(['hunt', ...args])).code, 2, args.join(' '));
	const { code, err } = await tool(['hunt', '-i', `native:${folder}`]);
	t.equal(code, 125);
	t.match(err, /native/);
});
