// SPDX-License-Identifier: MIT
/** Runs herd7 on all litmus tests: the classics, the exported vectors, and those of the kernel. */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { packageRoot } from '../../runner/text/package-root';
import { debianTree } from '../native/debian';
import { needs } from '../needs';
import { herd7 } from './herd7';

/** Tests that take herd7 minutes: run with SLOW=1 only. */
const SLOW: readonly string[] = [
	'DAXV-0055.litmus',
	'DAXV-0067+fs_dax_get.litmus',
	'DAXV-0067+fs_dax_get_by_bdev.litmus',
];

t.test(
	'herd7 observes what each litmus test states',
	{ timeout: 600_000, ...needs('herd7', 'kernel source') },
	async (t) => {
		const [program, ...options] = herd7();
		const memoryModel = join(debianTree('6.12'), 'tools/memory-model');
		const folders = [
			join(packageRoot, 'test/fixtures/litmus'),
			join(packageRoot, 'test/fixtures/litmus-exports'),
			join(memoryModel, 'litmus-tests'),
		];
		for (const folder of folders)
			for (const file of readdirSync(folder).filter((name) => name.endsWith('.litmus'))) {
				if (SLOW.includes(file) && !process.env.SLOW) {
					t.comment(`${file} takes herd7 minutes: set SLOW=1 to run it`);
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
	},
);
