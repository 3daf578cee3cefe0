// SPDX-License-Identifier: MIT
/**
 * Runs the tests with tap and prints a summary: each failure, then what was not run and why, then one line of counts.
 *
 *   node dist/test/run-tests.js [--all | --rest] [--tap] [FILES]
 *
 * --all: also tests that download, boot kernels or drive a browser. --rest: only files that have such tests. --tap:
 * tap's raw output. Exit code 1 when a test failed or, with CI=true, when one was not run for want of a program.
 */
import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Parser, type Result } from 'tap-parser';
import { packageRoot } from '../runner/text/package-root';
import { IN_ALL, LATER, NOT_RUN, packages } from './needs';

/** Counts of test points, without those that only sum up a subtest. */
class Summary {
	private passed = 0;
	private failed = 0;
	private later = 0;
	private files = 0;
	/** Tests not run, by what they lack. */
	private readonly notRun = new Map<string, number>();

	/** Counts the results of a parser and of the parsers of its subtests. depth 0: files. */
	follow(parser: Parser, depth = 0): void {
		parser.on('child', (child: Parser) => this.follow(child, depth + 1));
		parser.on('assert', (result: Result) => {
			if (depth === 0) this.files++;
			if (result.skip !== false) this.addSkipped(String(result.skip));
			else if (result.closingTestPoint) return;
			else if (result.ok) this.passed++;
			else this.addFailed(result);
		});
	}

	private addSkipped(reason: string): void {
		const [, lacking = reason] = reason.split(`${NOT_RUN} `);
		if (reason.startsWith(IN_ALL)) this.later++;
		else this.notRun.set(lacking, (this.notRun.get(lacking) ?? 0) + 1);
	}

	private addFailed({ fullname, name, diag }: Result): void {
		this.failed++;
		console.log(`FAIL  ${fullname.replace('dist/', '')} > ${name}`);
		if (diag) console.log(JSON.stringify(diag, null, 2).replace(/^/gm, '      '));
	}

	/** Prints the closing lines; gives the exit code. */
	close(tapCode: number, milliseconds: number): number {
		for (const [lacking, tests] of this.notRun) {
			const debian = packages[lacking as keyof typeof packages];
			const advice = debian ? `: apt-get install ${debian}` : '';
			console.log(`not run for want of ${lacking}: ${tests} tests${advice}`);
		}
		if (this.later > 0) console.log(`${this.later} tests are left to npm run test:all`);
		const { passed, failed, files, notRun } = this;
		const skipped = [...notRun.values()].reduce((sum, count) => sum + count, 0) + this.later;
		console.log(`${files} files in ${Math.round(milliseconds / 1000)} s`);
		// CI systems read this line.
		console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
		if (failed > 0 || passed === 0 || tapCode !== 0) return 1;
		return notRun.size > 0 && process.env.CI === 'true' ? 1 : 0;
	}
}

/** Compiled test files that need more than "npm test" allows. */
function filesWithLaterTests(): string[] {
	const pattern = new RegExp(`needs\\)\\([^)]*'(${LATER.join('|')})'`);
	const folder = join(packageRoot, 'dist/test');
	return readdirSync(folder, { recursive: true, encoding: 'utf8' })
		.filter((name) => name.endsWith('.test.js'))
		.map((name) => join(folder, name))
		.filter((file) => pattern.test(readFileSync(file, 'utf8')));
}

async function main(): Promise<number> {
	const { values, positionals } = parseArgs({
		options: { all: { type: 'boolean' }, rest: { type: 'boolean' }, tap: { type: 'boolean' } },
		allowPositionals: true,
	});
	const tap = join(packageRoot, 'node_modules/.bin/tap');
	const all = values.all || values.rest;
	const files = values.rest ? filesWithLaterTests() : positionals;
	const args = ['--reporter=tap', `--jobs=${availableParallelism()}`, ...files];
	const started = performance.now();
	const child = spawn(process.execPath, [tap, ...args], {
		cwd: packageRoot,
		env: { ...process.env, ...(all && { DAX_VECTORS_TESTS: 'all' }) },
		stdio: ['ignore', values.tap ? 'inherit' : 'pipe', 'inherit'],
	});
	const ended = new Promise<number>((resolve) => child.once('close', (code) => resolve(code ?? 1)));
	if (!child.stdout) return ended;
	const summary = new Summary();
	const parser = new Parser();
	summary.follow(parser);
	child.stdout.pipe(parser);
	return summary.close(await ended, performance.now() - started);
}

main().then((code) => {
	process.exitCode = code;
});
