// SPDX-License-Identifier: MIT
/**
 * Runs the tests with tap and prints a summary: each failure, then what was not run and why, then one line of counts.
 *
 *   node dist/test/run-tests.js [--all | --rest] [--times] [--tap] [FILES]
 *
 * --all: also tests that download, boot kernels, drive a browser or take minutes. --rest: only these. --times: the
 * seconds of each file, slowest first. --tap: tap's raw output. Exit code 1 when a test failed or, with CI=true, when
 * one was not run for want of a program.
 */
import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Parser, type Result } from 'tap-parser';
import { packageRoot } from '../runner/text/package-root';
import { IN_ALL, type Need, NOT_RUN, REQUIREMENTS } from './needs';

/** Counts the tests of each file: t.test() calls, not the assertions in them. */
class Summary {
	private passed = 0;
	private failed = 0;
	private later = 0;
	/** Seconds of each file. */
	readonly times = new Map<string, number>();
	/** Tests not run, by what they lack. */
	private readonly notRun = new Map<string, number>();

	/** Reads the results of all files. */
	follow(files: Parser): void {
		let failedBefore = 0;
		files.on('child', (tests: Parser) => {
			tests.on('assert', (result: Result) => this.count(result));
			this.showFailures(tests);
		});
		files.on('assert', ({ ok, name, fullname, time, diag }: Result) => {
			const file = (name || fullname).replace('dist/', '');
			this.times.set(file, (time ?? 0) / 1000);
			// A file may end with an error outside of its tests.
			if (!ok && this.failed === failedBefore) this.addFailed(file, diag);
			failedBefore = this.failed;
		});
	}

	private count({ ok, skip }: Result): void {
		if (skip === false) this[ok ? 'passed' : 'failed']++;
		else if (skip !== 'filter: only') this.addSkipped(String(skip));
	}

	private showFailures(parser: Parser): void {
		parser.on('child', (child: Parser) => this.showFailures(child));
		parser.on('assert', ({ ok, skip, todo, closingTestPoint, fullname, name, diag }: Result) => {
			if (ok || skip !== false || todo !== false || closingTestPoint) return;
			show(`${fullname.replace('dist/', '')} > ${name}`, diag);
		});
	}

	private addSkipped(reason: string): void {
		const lacking = reason.replace(NOT_RUN, '');
		if (reason.startsWith(IN_ALL)) this.later++;
		else this.notRun.set(lacking, (this.notRun.get(lacking) ?? 0) + 1);
	}

	private addFailed(name: string, diag: unknown): void {
		this.failed++;
		show(name, diag);
	}

	/** Prints the closing lines; gives the exit code. */
	close(tapCode: number, milliseconds: number): number {
		for (const [lacking, count] of this.notRun) {
			const debian = Object.hasOwn(REQUIREMENTS, lacking) && REQUIREMENTS[lacking as Need].debian;
			const would = `${tests(count)} would run with it`;
			console.log(`not run: no ${lacking}: ${debian ? `apt-get install ${debian}; ` : ''}${would}`);
		}
		if (this.later > 0) console.log(`${tests(this.later)} left to "npm run test:all"`);
		const { passed, failed, times, notRun } = this;
		const skipped = [...notRun.values()].reduce((sum, count) => sum + count, 0) + this.later;
		console.log(`${times.size} files in ${Math.round(milliseconds / 1000)} s`);
		// CI systems read this line.
		console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
		if (failed > 0 || passed === 0 || tapCode !== 0) return 1;
		return notRun.size > 0 && process.env.CI === 'true' ? 1 : 0;
	}
}

const tests = (count: number): string => `${count} ${count === 1 ? 'test' : 'tests'}`;

function show(name: string, diag: unknown): void {
	console.log(`FAIL  ${name}`);
	if (diag) console.log(JSON.stringify(diag, null, 2).replace(/^/gm, '      '));
}

/** Compiled test files that name a need of tests that "npm test" leaves to "npm run test:all". */
function filesWithLaterTests(): string[] {
	const later = Object.entries(REQUIREMENTS).filter(([, each]) => each.later);
	const pattern = new RegExp(`'(${later.map(([name]) => name).join('|')})'`);
	const folder = join(packageRoot, 'dist/test');
	return readdirSync(folder, { recursive: true, encoding: 'utf8' })
		.filter((name) => name.endsWith('.test.js'))
		.map((name) => join(folder, name))
		.filter((file) => pattern.test(readFileSync(file, 'utf8')));
}

async function main(): Promise<number> {
	const { values, positionals } = parseArgs({
		options: {
			all: { type: 'boolean' },
			rest: { type: 'boolean' },
			times: { type: 'boolean' },
			tap: { type: 'boolean' },
		},
		allowPositionals: true,
	});
	const tap = join(packageRoot, 'node_modules/.bin/tap');
	const args = ['--reporter=tap', `--jobs=${availableParallelism()}`];
	if (values.rest) args.push('--only', ...filesWithLaterTests());
	else args.push(...positionals);
	const part = values.rest ? 'rest' : values.all ? 'all' : undefined;
	const started = performance.now();
	const child = spawn(process.execPath, [tap, ...args], {
		cwd: packageRoot,
		env: { ...process.env, DAX_VECTORS_TESTS: part },
		stdio: ['ignore', values.tap ? 'inherit' : 'pipe', 'inherit'],
	});
	const ended = new Promise<number>((resolve) => child.once('close', (code) => resolve(code ?? 1)));
	if (!child.stdout) return ended;
	const summary = new Summary();
	const parser = new Parser();
	summary.follow(parser);
	child.stdout.pipe(parser);
	const code = await ended;
	if (values.times)
		for (const [file, seconds] of [...summary.times].sort(([, a], [, b]) => b - a))
			console.log(`${seconds.toFixed(1).padStart(7)} s  ${file}`);
	return summary.close(code, performance.now() - started);
}

main().then((code) => {
	process.exitCode = code;
});
