// SPDX-License-Identifier: MIT
/** Adapters that somebody kills during a full run change nothing but how long it takes. */
import { type ChildProcess, execFileSync } from 'node:child_process';
import { join } from 'node:path';
import t from 'tap';
import { packageRoot } from '../../runner/text/package-root';
import { undated } from '../records';
import { type Ended, tool } from '../tool';

const KILLS = 40;
const source = join(packageRoot, 'implementations/exec/examples/c/dax_adapter.c');
const binary = join(t.testdir(), `adapter${process.pid}`);
execFileSync('cc', ['-O2', '-o', binary, source]);

/** The processes whose command begins with the adapter. */
function adapters(): number[] {
	const all = execFileSync('ps', ['-eo', 'pid=,stat=,args='], { encoding: 'utf8' });
	return all
		.split('\n')
		.map((line) => line.trim().split(/\s+/))
		.filter(([, stat, program]) => program === binary && !stat!.startsWith('Z'))
		.map(([pid]) => Number(pid));
}

/** A full run; strike is called now and then, from when there was a result. */
async function run(strike?: () => void): Promise<Ended> {
	let timer: NodeJS.Timeout | undefined;
	const watch = (_: string, child: ChildProcess) => {
		if (!strike || timer) return;
		const next = () => {
			if (child.exitCode === null) strike();
			timer = setTimeout(next, 20 + Math.random() * 100);
		};
		timer = setTimeout(next, 0);
	};
	const args = ['run', '-i', `exec:${binary}`, '--jobs', '2', '--reporter', 'json'];
	const ended = await tool(args, { watch });
	clearTimeout(timer);
	return ended;
}

t.test(`${KILLS} kills`, { timeout: 300_000 }, async (t) => {
	const undisturbed = await run();
	t.equal(undisturbed.code, 0);
	for (let kills = 0; kills < KILLS; ) {
		const before = kills;
		const { out, code, err } = await run(() => {
			for (const pid of adapters())
				try {
					process.kill(pid, 'SIGKILL');
					kills++;
				} catch {
					// It ended by itself.
				}
		});
		t.equal(code, undisturbed.code, `after ${kills} kills ${err}`);
		t.equal(undated(out), undated(undisturbed.out), `the same report, ${kills - before} kills`);
		t.same(adapters(), [], 'nobody is left');
	}
});
