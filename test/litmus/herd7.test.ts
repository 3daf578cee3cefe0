// SPDX-License-Identifier: MIT
/** herd7 itself, on all litmus tests: ours, the vectors that are exported, and the kernel's own. */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { packageRoot } from '../../runner/text/package-root';
import { debianTree } from '../native/debian';
import { herd7 } from './herd7';

/** herd7 takes minutes for these: it is asked with SLOW=1, and observed what the table says. */
const SLOW: readonly string[] = [
	'DAXV-0055.litmus',
	'DAXV-0067+fs_dax_get.litmus',
	'DAXV-0067+fs_dax_get_by_bdev.litmus',
];

t.test('herd7 observes what each litmus test states', { timeout: 600_000 }, async (t) => {
	let command: string[];
	try {
		command = herd7();
	} catch (error) {
		// In CI nothing passes by not running.
		if (process.env.CI) throw error;
		t.skip(`not-run: herd7 is not installed, and Debian's cannot be fetched: ${error}`, () => {});
		return;
	}
	const [program, ...options] = command;
	const memoryModel = join(debianTree('6.12'), 'tools/memory-model');
	const folders = [
		join(packageRoot, 'test/fixtures/litmus'),
		join(packageRoot, 'test/fixtures/litmus-exports'),
		join(memoryModel, 'litmus-tests'),
	];
	for (const folder of folders)
		for (const file of readdirSync(folder).filter((name) => name.endsWith('.litmus'))) {
			if (SLOW.includes(file) && !process.env.SLOW) {
				t.comment(`${file} takes herd7 minutes: SLOW=1 asks it`);
				continue;
			}
			const path = join(folder, file);
			const run = spawnSync(program!, [...options, '-conf', 'linux-kernel.cfg', path], {
				cwd: memoryModel,
				encoding: 'utf8',
			});
			const [, result] = /Result: (\w+)/.exec(readFileSync(path, 'utf8'))!;
			const [, seen] = /^Observation \S+ (\w+)/m.exec(run.stdout) ?? [];
			t.equal(seen, result, `${file} ${run.stderr}`);
		}
});
