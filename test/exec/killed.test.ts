// SPDX-License-Identifier: MIT
/** Adapters that are killed during a run are started again, and the report stays the same. */
import { type ChildProcess, execFileSync } from 'node:child_process';
import { join } from 'node:path';
import t from 'tap';
import { packageRoot } from '../../runner/text/package-root';
import { needs, willRun } from '../needs';
import { undated } from '../records';
import { type Ended, tool } from '../tool';

/** Milliseconds between kills: long enough for an adapter to start and answer, so that no request dies three times. */
const PAUSE_MS = 400;
const source = join(packageRoot, 'implementations/exec/examples/c/dax_adapter.c');
const binary = join(t.testdir(), `adapter${process.pid}`);
if (willRun('cc')) execFileSync('cc', ['-O2', '-o', binary, source]);

/** Process ids of the adapter. */
function adapters(): number[] {
	const all = execFileSync('ps', ['-eo', 'pid=,stat=,args='], { encoding: 'utf8' });
	return all
		.split('\n')
		.map((line) => line.trim().split(/\s+/))
		.filter(([, stat, program]) => program === binary && !stat!.startsWith('Z'))
		.map(([pid]) => Number(pid));
}

/** Runs the library; calls kill() repeatedly from the first result on. */
async function run(kill?: () => void): Promise<Ended> {
	let timer: NodeJS.Timeout | undefined;
	const watch = (_: string, child: ChildProcess) => {
		if (!kill || timer) return;
		const next = () => {
			if (child.exitCode === null) kill();
			timer = setTimeout(next, PAUSE_MS + Math.random() * 100);
		};
		timer = setTimeout(next, 0);
	};
	const args = ['run', '-i', `exec:${binary}`, '--jobs', '2', '--reporter', 'json'];
	const ended = await tool(args, { watch });
	clearTimeout(timer);
	return ended;
}

for (const [total, needed] of [
	[8, needs('cc', 'ps')],
	[40, needs('cc', 'ps', 'time')],
] as const)
	t.test(`${total} kills do not change the report`, { timeout: 300_000, ...needed }, async (t) => {
		const undisturbed = await run();
		t.equal(undisturbed.code, 0);
		for (let kills = 0; kills < total; ) {
			const before = kills;
			const { out, code, err } = await run(() => {
				for (const pid of adapters())
					try {
						process.kill(pid, 'SIGKILL');
						kills++;
					} catch {
						// The process had ended.
					}
			});
			t.equal(code, undisturbed.code, `after ${kills} kills ${err}`);
			t.equal(undated(out), undated(undisturbed.out), `the same report, ${kills - before} kills`);
			t.same(adapters(), [], 'no adapter is left');
		}
	});
