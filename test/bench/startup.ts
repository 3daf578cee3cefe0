// SPDX-License-Identifier: MIT
/** Measures time and memory of whole processes. */
import { execFile, spawnSync } from 'node:child_process';
import { promisify } from 'node:util';
import { packageRoot } from '../../runner/text/package-root';
import { below, figure, median, type Section, sideBySide } from './section';

const START_TARGET_MS = 500;
const RUN_TARGET_MS = 2000;
const PEAK_TARGET_MB = 200;
const SAMPLES = 5;
const EVERYTHING = ['run', '--implementation', 'reference:*'];

/** A script that runs the command line and writes its resource usage to file descriptor 3 when it exits. */
const METERED = `
const { existsSync, readFileSync, writeSync } = require('node:fs');
process.on('exit', () => {
	const file = '/proc/self/task/' + process.pid + '/schedstat';
	const main = existsSync(file) ? readFileSync(file, 'utf8').split(' ')[0] / 1e6 : null;
	writeSync(3, JSON.stringify({ ...process.resourceUsage(), main }));
});
require(process.argv[1]);`;

/** wall, cpu and main (thread) in milliseconds; peak in megabytes of 10^6 bytes. */
interface Sample {
	readonly wall: number;
	readonly cpu: number;
	readonly main: number | null;
	readonly peak: number;
}

function spawn(tool: string, args: readonly string[], wrong: Set<string>) {
	const started = performance.now();
	const { status, stderr, output } = spawnSync(tool, args, {
		cwd: packageRoot,
		encoding: 'utf8',
		stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
	});
	const wall = performance.now() - started;
	if (status !== 0) wrong.add(`${tool} ${args.slice(-3).join(' ')} exits ${status}: ${stderr}`);
	return { wall, report: output[3] };
}

function once(args: readonly string[], wrong: Set<string>): Sample {
	const metered = ['--eval', METERED, './dist/runner/cli.js', ...args];
	const { wall, report } = spawn(process.execPath, metered, wrong);
	if (!report) return { wall, cpu: Number.NaN, main: null, peak: Number.NaN };
	const { userCPUTime, systemCPUTime, maxRSS, main } = JSON.parse(report);
	// resourceUsage() gives times in microseconds and memory in units of 1024 bytes.
	return { wall, cpu: (userCPUTime + systemCPUTime) / 1e3, main, peak: (maxRSS * 1024) / 1e6 };
}

/** Measures the time of two busy processes at once, divided by the time of one. */
async function contention(): Promise<number> {
	const busy = () =>
		promisify(execFile)(process.execPath, ['-e', 'for (let i = 0; i < 3e8; i++);']);
	const times = await sideBySide({ one: busy, two: () => Promise.all([busy(), busy()]) }, 3);
	return times.two / times.one;
}

export async function startup(): Promise<Section> {
	const wrong = new Set<string>();
	let peak = 0;
	const row = (args: readonly string[], limit: number): string[] => {
		const samples = Array.from({ length: SAMPLES }, () => once(args, wrong));
		const middle = (key: keyof Sample) => median(samples.map((sample) => sample[key] ?? 0));
		peak = middle('peak');
		return [
			`dax-vectors ${args.join(' ')}`,
			figure(middle('wall')),
			figure(Math.min(...samples.map(({ wall }) => wall))),
			figure(middle('cpu')),
			samples[0]!.main === null ? '' : figure(middle('main')),
			figure(peak),
			...below(limit, middle('wall'), 'ms'),
		];
	};
	const rows = [
		row(['--version'], START_TARGET_MS),
		row(['list'], START_TARGET_MS),
		row(['run', 'DAXV-0001'], START_TARGET_MS),
		row(EVERYTHING, RUN_TARGET_MS),
	];
	rows.push([
		'its peak memory',
		'',
		'',
		'',
		'',
		figure(peak),
		...below(PEAK_TARGET_MB, peak, 'MB'),
	]);
	const npm = spawn('npm', ['start', '--silent'], wrong).wall;
	rows.push(['npm start', figure(npm), '', '', '', '', ...below(RUN_TARGET_MS, npm, 'ms')]);
	return {
		title: 'startup: the command line as a whole process',
		notes: [
			`Already built, output discarded. Median of ${SAMPLES}. CPU is all threads of the process, with the compiler and`,
			'garbage collector of Node.js; main thread is its CPU time alone. npm start (once) is npm, a check by tsc that the',
			'build is up to date, and then the same run.',
			`Two busy processes at once now take ${figure(await contention())} times as long as one: near 1, other threads cost no wall time;`,
			'near 2, all threads share one processor, and wall time is near CPU time.',
		],
		header: ['command', 'wall ms', 'fastest', 'CPU ms', 'main thread', 'peak MB', 'target', ''],
		rows,
		wrong: [...wrong],
	};
}
