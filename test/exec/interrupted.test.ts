// SPDX-License-Identifier: MIT
/** Whatever ends the runner ends its adapters. */
import { execFileSync, spawn } from 'node:child_process';
import { join } from 'node:path';
import t from 'tap';
import { packageRoot } from '../../runner/text/package-root';

const cli = join(packageRoot, 'dist/runner/cli.js');
const script = join(packageRoot, 'test/exec/broken/adapter.js');
const examples = join(packageRoot, 'implementations/exec/examples');

/** Processes whose command line begins with a text, in whatever folder its program is. */
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
	t.test(`${signal} ends the adapter, which would not end by itself`, async (t) => {
		const mark = `ignores SIGTERM ${signal}${process.pid}`;
		const command = `${process.execPath} ${script} "ignores SIGTERM" ${signal}${process.pid}`;
		// tap puts listeners for signals into every Node.js that it knows of.
		const bare = ['-c', 'unset NODE_OPTIONS; exec "$@"', 'bash', process.execPath, cli];
		const child = spawn('bash', [...bare, 'adapter', 'check', command], { stdio: 'ignore' });
		const ended = new Promise((resolve) => child.on('exit', (_, name) => resolve(name)));
		const adapter = `${process.execPath} ${script} ${mark}`;
		t.ok(await until(() => running(adapter) === 1), 'the adapter runs');
		// It asks for executions by then, and waits.
		await new Promise((resolve) => setTimeout(resolve, 500));
		child.kill(signal);
		t.equal(await ended, signal, 'it dies of the signal, as without an adapter');
		t.ok(await until(() => running(adapter) === 0), 'nobody is left');
	});

t.test('SIGKILL leaves no adapter, also none that would not end by itself', async (t) => {
	const binary = join(t.testdir(), 'dax_adapter');
	execFileSync('cc', ['-O2', '-o', binary, join(examples, 'c/dax_adapter.c')]);
	const mark = `sigkill${process.pid}`;
	const adapters = [
		`python3 ${join(examples, 'python/dax_adapter.py')} ${mark}`,
		`perl ${join(examples, 'minimal/adapter.pl')} ${mark}`,
		`${binary} ${mark}`,
		`${process.execPath} ${script} "never ends" ${mark}`,
		`${process.execPath} ${script} "ignores SIGTERM" ${mark}`,
	];
	// One that starts another in a session that no signal to its group reaches.
	const sleeps = [1, 2].map((digit) => `sleep ${digit}${process.pid}`);
	const session = `sh -c "setsid ${sleeps[0]} & exec ${sleeps[1]}"`;
	// A runner that has said hello to all of them and stays.
	const runner = `
		const { openExec } = require(${JSON.stringify(join(packageRoot, 'dist/implementations/exec'))});
		for (const command of ${JSON.stringify([...adapters, session])}) openExec(command).ready();
		setInterval(() => {}, 1000);`;
	const child = spawn(process.execPath, ['-e', runner], { stdio: 'ignore' });
	const ended = new Promise((resolve) => child.on('exit', (_, name) => resolve(name)));
	const names = [...adapters.map((each) => each.replaceAll('"', '')), ...sleeps];
	const left = (): number => names.reduce((sum, name) => sum + running(name), 0);
	t.ok(await until(() => left() === names.length), 'all of them run');
	child.kill('SIGKILL');
	t.equal(await ended, 'SIGKILL');
	t.ok(await until(() => left() === 0), 'nobody is left');
});
