// SPDX-License-Identifier: MIT
/** Measures the cost of the adapter protocol (lines, JSON, validation), and a whole run with the Python example. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openExec } from '../../implementations/exec';
import { parse } from '../../implementations/exec/protocol';
import { packageRoot } from '../../runner/text/package-root';
import { caseOf, PUT_GET } from './problems';
import { below, figure, median, milliseconds, type Section } from './section';

const examples = 'implementations/exec/examples';
const SAMPLES = 200;
/** Number of schedules in a request. */
const BATCH = 64;

export async function exec(): Promise<Section> {
	const folder = mkdtempSync(join(tmpdir(), 'dax-vectors-bench-'));
	const wrong: string[] = [];
	try {
		const binary = join(folder, 'dax_adapter');
		const source = join(packageRoot, examples, 'c/dax_adapter.c');
		execFileSync('cc', ['-O2', '-o', binary, source]);
		return {
			title: 'exec: adapters in a process of their own',
			notes: [
				`CPU time of the runner for an execution of put||get by the C example, in batches of ${BATCH}: median and fastest of`,
				`${SAMPLES}. Three tasks take turns: Implementation.execute(), without the time of the adapter; parsing and validating`,
				'the line of the answer; JSON.parse() of that line alone, the lower bound for a protocol in JSON.',
			],
			header: ['what', 'median', 'fastest', 'unit', 'target', ''],
			rows: [...(await overhead(binary)), ...(await run(wrong))],
			wrong,
		};
	} finally {
		rmSync(folder, { recursive: true });
	}
}

/** Microseconds of CPU time of this process for the work. */
async function cpu(work: () => unknown): Promise<number> {
	const before = process.cpuUsage();
	await work();
	const { user, system } = process.cpuUsage(before);
	return user + system;
}

async function overhead(binary: string): Promise<string[][]> {
	const adapter = await openExec(binary)!.ready!();
	const { program } = await caseOf(PUT_GET);
	const batch = Array.from({ length: BATCH }, (_, index) => (index % 2 ? [0, 0, 1, 1, 1, 1] : []));
	const executions = await adapter.execute(program, batch);
	const events = executions[0]!.events.length;
	const line = JSON.stringify({ seq: 'q1', answer: 'results', executions });
	const works: [string, () => unknown][] = [
		[`an execution of ${events} events`, () => adapter.execute(program, batch)],
		['its line, parsed and validated', () => parse(line)],
		['its line, JSON.parse() alone', () => JSON.parse(line)],
	];
	const samples = works.map((): number[] => []);
	for (let sample = -SAMPLES; sample < SAMPLES; sample++)
		for (const [index, [, work]] of works.entries()) {
			const taken = (await cpu(work)) / BATCH;
			if (sample >= 0) samples[index]!.push(taken);
		}
	await adapter.close!();
	return works.map(([name], index) => {
		const value = median(samples[index]!);
		const fastest = Math.min(...samples[index]!);
		const target = index === 0 ? below(20, value, 'us') : [];
		return [name, figure(value), figure(fastest), 'us', ...target];
	});
}

async function run(wrong: string[]): Promise<string[][]> {
	const command = `exec:python3 ${join(packageRoot, examples, 'python/dax_adapter.py')}`;
	const taken = await milliseconds(() => {
		const args = ['dist/runner/cli.js', 'run', '-i', command];
		const { status, stderr } = spawnSync(process.execPath, args, { cwd: packageRoot });
		if (status !== 0) wrong.push(`run exits ${status}: ${stderr}`);
	});
	return [
		['all vectors, the Python example', figure(taken), '', 'ms', ...below(10_000, taken, 'ms')],
	];
}
