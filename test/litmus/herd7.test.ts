// SPDX-License-Identifier: MIT
/**
 * herd7 itself, on all litmus tests, where it is installed. It is no package of Debian 12: without it this is not-run,
 * and the engine is judged by the Results that the kernel documents (kernel.test.ts).
 */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { packageRoot } from '../../runner/package-root';
import { debianTree } from '../native/debian';

const { error } = spawnSync('herd7', ['-version']);
const skip = error ? 'not-run: herd7 is not installed' : false;

t.test('herd7 observes what each litmus test states', { skip, timeout: 600_000 }, async (t) => {
	const memoryModel = join(debianTree('6.12'), 'tools/memory-model');
	const folders = [
		join(packageRoot, 'test/fixtures/litmus'),
		join(packageRoot, 'test/fixtures/litmus-exports'),
		join(memoryModel, 'litmus-tests'),
	];
	for (const folder of folders)
		for (const file of readdirSync(folder).filter((name) => name.endsWith('.litmus'))) {
			const path = join(folder, file);
			const run = spawnSync('herd7', ['-conf', 'linux-kernel.cfg', path], {
				cwd: memoryModel,
				encoding: 'utf8',
			});
			const [, result] = /Result: (\w+)/.exec(readFileSync(path, 'utf8'))!;
			const [, seen] = /^Observation \S+ (\w+)/m.exec(run.stdout) ?? [];
			t.equal(seen, result, `${file} ${run.stderr}`);
		}
});
