// SPDX-License-Identifier: MIT
/** Workers that are killed at random change nothing but how long it takes. */
import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { packageRoot } from '../../runner/text/package-root';
import { undated } from '../records';
import { tool } from '../tool';

const KILLS = 200;
const ARGS = ['run', '-i', 'reference:*', '-i', 'native', '--jobs', '2', '--reporter', 'json'];

function run(
	watch: (child: ChildProcess) => () => void,
): Promise<{ out: string; code: number | null }> {
	const child = spawn(process.execPath, [join(packageRoot, 'dist/runner/cli.js'), ...ARGS], {
		cwd: packageRoot,
		stdio: ['ignore', 'pipe', 'inherit'],
	});
	const stop = watch(child);
	let out = '';
	child.stdout.setEncoding('utf8').on('data', (text) => {
		out += text;
	});
	return new Promise((resolve) =>
		child.on('close', (code) => {
			stop();
			resolve({ out, code });
		}),
	);
}

/** The processes that a process started. */
function childrenOf(pid: number): number[] {
	try {
		const list = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8');
		return list.split(' ').filter(Boolean).map(Number);
	} catch {
		return [];
	}
}

/** Is it a worker, or what a worker forked? */
function isOurs(pid: number): boolean {
	try {
		return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('workers/worker');
	} catch {
		return false;
	}
}

t.test(`${KILLS} kills`, { timeout: 600_000 }, async (t) => {
	// About what a worker needs to start, here and now: oftener, and nobody would ever begin.
	const asked = Date.now();
	await tool(['list']);
	const pause = 1.2 * (Date.now() - asked);
	const undisturbed = await run(() => () => {});
	t.equal(undisturbed.code, 0);
	let kills = 0;
	let runs = 0;
	while (kills < KILLS) {
		const seen = new Set<number>();
		const { out, code } = await run((child) => {
			let timer: NodeJS.Timeout;
			const strike = () => {
				const workers = childrenOf(child.pid!).filter(isOurs);
				// A worker, or the process of a tree that it started.
				const targets = workers.flatMap((pid) => [pid, ...childrenOf(pid)]);
				for (const pid of targets) seen.add(pid);
				for (const target of targets.filter(() => Math.random() < 0.5)) {
					if (kills >= KILLS) break;
					try {
						process.kill(target, 'SIGKILL');
						if (workers.includes(target)) kills++;
					} catch {
						// It ended by itself.
					}
				}
				timer = setTimeout(strike, Math.random() * pause);
			};
			strike();
			return () => clearTimeout(timer);
		});
		runs++;
		t.equal(code, undisturbed.code, `run ${runs}, after ${kills} kills`);
		t.equal(undated(out), undated(undisturbed.out), 'the same report');
		t.same([...seen].filter(isOurs), [], 'nothing is left running');
	}
	t.ok(kills >= KILLS, `${kills} kills in ${runs} runs`);
});
