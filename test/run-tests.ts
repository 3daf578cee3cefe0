// SPDX-License-Identifier: MIT
/**
 * Runs the tests with tap and prints a summary.
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
import { packageRoot } from '../runner/text/package-root';
import { REQUIREMENTS } from './needs';
import { Summary } from './summary';

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
	const named = positionals.length > 0 || !values.rest ? positionals : filesWithLaterTests();
	const files = values.rest ? ['--only', ...named] : named;
	const tap = join(packageRoot, 'node_modules/.bin/tap');
	const part = values.rest ? 'rest' : values.all ? 'all' : undefined;
	const child = spawn(
		process.execPath,
		[tap, '--reporter=tap', `--jobs=${availableParallelism()}`, ...files],
		{
			cwd: packageRoot,
			env: { ...process.env, DAX_VECTORS_TESTS: part },
			stdio: ['ignore', values.tap ? 'inherit' : 'pipe', 'inherit'],
		},
	);
	const ended = new Promise<number>((resolve) => child.once('close', (code) => resolve(code ?? 1)));
	if (!child.stdout) return ended;
	const summary = new Summary(console.log);
	child.stdout.pipe(summary.parser);
	const code = await ended;
	const lines = [...(values.times ? summary.times() : []), ...summary.lines()];
	for (const line of lines) console.log(line);
	return summary.exitCode(code, process.env.CI === 'true');
}

main().then((code) => {
	process.exitCode = code;
});
