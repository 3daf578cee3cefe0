// SPDX-License-Identifier: MIT
/** A review that a signal ends leaves no scratch folder. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { packageRoot } from '../../runner/text/package-root';
import { fileNeeds } from '../needs';
import { comment, git, History, temporary } from './history';

fileNeeds(t, __filename, 'git', 'cc', 'kernel source');

const CLI = join(packageRoot, 'dist/runner/cli.js');

for (const signal of ['SIGTERM', 'SIGINT'] as const)
	for (const times of [1, 2])
		t.test(`${signal}, ${times} of them`, async (t) => {
			const history = new History();
			const { folder } = history;
			const base = git(folder, 'rev-parse', 'HEAD').trim();
			history.change({ subject: 'dax: a comment', edits: [comment(`${signal} ${times}`)] });
			const [patch = ''] = history.formatPatch(base, `--base=${base}`);
			const scratch = temporary('scratch');
			// Compiles everything, which takes time.
			const env = { ...process.env, TMPDIR: scratch, XDG_CACHE_HOME: temporary('cache') };
			const child = spawn(process.execPath, [CLI, 'review', patch, '-C', folder], { env });
			const ended = once(child, 'close');
			while (readdirSync(scratch).length === 0 && child.exitCode === null)
				await new Promise((resolve) => setTimeout(resolve, 10));
			for (let sent = 0; sent < times; sent++) child.kill(signal);
			const [code, killer] = await ended;
			t.equal(killer, null, 'it ends by itself');
			t.not(code, 0);
			t.same(
				readdirSync(scratch).filter((name) => name.startsWith('dax-review-')),
				[],
			);
		});
