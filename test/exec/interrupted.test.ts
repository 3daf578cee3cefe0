// SPDX-License-Identifier: MIT
/** Adapters end when a signal ends the runner. */
import { execFileSync, spawn } from 'node:child_process';
import { join } from 'node:path';
import t from 'tap';
import { packageRoot } from '../../runner/text/package-root';
import { needs } from '../needs';

const PROGRAMS = needs('bash', 'cc', 'ps', 'python3');

const cli = join(packageRoot, 'dist/runner/cli.js');
const script = join(packageRoot, 'test/exec/broken/adapter.js');
const examples = join(packageRoot, 'implementations/exec/examples');

/** Counts processes whose command line begins with a text, in any folder. */
const running = (text: string): number =>
	execFileSync('ps', ['-eo', 'stat=,args='], { encoding: 'utf8' })
		.split('\n')
		.filter((line) => new RegExp(`^[^Z]\\S*\\s+(\\S*/)?${text}`).test(line)).length;

async function until(condition: () => boolean): Promise<boolean> {
	for (let tries = 0; tries < 200; tries++) {
		if (condition()) return true;
		await new Promise((resolve) => setTimeout(resolve, 100));
	}
	return false;
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
	t.test(`${signal} of the runner ends an adapter that ignores SIGTERM`, PROGRAMS, async (t) => {
		const mark = `ignores SIGTERM ${signal}${process.pid}`;
		const command = `${process.execPath} ${script} "ignores SIGTERM" ${signal}${process.pid}`;
		// tap would add signal listeners through NODE_OPTIONS.
		const bare = ['-c', 'unset NODE_OPTIONS; exec "$@"', 'bash', process.execPath, cli];
		const child = spawn('bash', [...bare, 'adapter', 'check', command], { stdio: 'ignore' });
		const ended = new Promise((resolve) => child.on('exit', (_, name) => resolve(name)));
		const adapter = `${process.execPath} ${script} ${mark}`;
		t.ok(await until(() => running(adapter) === 1), 'the adapter runs');
		// By then the runner waits for executions.
		await new Promise((resolve) => setTimeout(resolve, 500));
		child.kill(signal);
		t.equal(await ended, signal, 'the runner dies of the signal');
		t.ok(await until(() => running(adapter) === 0), 'no adapter is left');
	});

t.test(
	'SIGKILL of the runner closes stdin, which ends an adapter that follows the guide',
	PROGRAMS,
	async (t) => {
		const binary = join(t.testdir(), 'dax_adapter');
		execFileSync('cc', ['-O2', '-o', binary, join(examples, 'c/dax_adapter.c')]);
		const mark = `sigkill${process.pid}`;
		const adapters = [
			`python3 ${join(examples, 'python/dax_adapter.py')} ${mark}`,
			`perl ${join(examples, 'minimal/adapter.pl')} ${mark}`,
			`${binary} ${mark}`,
		];
		const runner = `
		const { openExec } = require(${JSON.stringify(join(packageRoot, 'dist/implementations/exec'))});
		for (const command of ${JSON.stringify(adapters)}) openExec(command).ready();
		setInterval(() => {}, 1000);`;
		const child = spawn(process.execPath, ['-e', runner], { stdio: 'ignore' });
		const ended = new Promise((resolve) => child.on('exit', (_, name) => resolve(name)));
		const left = (): number => adapters.reduce((sum, name) => sum + running(name), 0);
		t.ok(await until(() => left() === adapters.length), 'every adapter runs');
		child.kill('SIGKILL');
		t.equal(await ended, 'SIGKILL');
		t.ok(await until(() => left() === 0), 'no adapter is left');
	},
);
