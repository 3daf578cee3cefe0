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
import { readdirSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import t from 'tap';
import { packageRoot } from '../runner/text/package-root';
import { REQUIREMENTS } from './needs';
import { Summary } from './summary';

/** At most for one file; a test may set less. */
const FILE_TIMEOUT_SECONDS = 1_200;

function compiledTests(): string[] {
	const folder = join(packageRoot, 'dist/test');
	return readdirSync(folder, { recursive: true, encoding: 'utf8' })
		.filter((name) => name.endsWith('.test.js'))
		.sort()
		.map((name) => join(folder, name));
}

/** True of a compiled test file that names a need of tests that "npm test" leaves to "npm run test:all". */
function hasLaterTests(file: string): boolean {
	const later = Object.entries(REQUIREMENTS).filter(([, each]) => each.later);
	const pattern = new RegExp(`'(${later.map(([name]) => name).join('|')})'`);
	return pattern.test(readFileSync(file, 'utf8'));
}

/**
 * Starts Node.js with nothing but the file. The command line of tap would load into each process hooks for coverage,
 * mocks and TypeScript, which no test uses: 0.4 s of processor time a file. t.spawn() sets NODE_OPTIONS for the first of
 * these; env sets it back.
 */
function spawnFile(file: string, part: string | undefined): void {
	const { NODE_OPTIONS = '' } = process.env;
	void t.spawn('env', [`NODE_OPTIONS=${NODE_OPTIONS}`, process.execPath, file], {
		name: relative(packageRoot, file),
		at: null,
		stack: '',
		cwd: packageRoot,
		buffered: true,
		stdio: ['ignore', 'pipe', 'inherit'],
		timeout: FILE_TIMEOUT_SECONDS * 1000,
		env: {
			...process.env,
			TAP_TIMEOUT: String(FILE_TIMEOUT_SECONDS),
			TAP_ONLY: part === 'rest' ? '1' : '',
			DAX_VECTORS_TESTS: part,
		},
	});
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
	const part = values.rest ? 'rest' : values.all ? 'all' : undefined;
	const named = positionals.map((file) => resolve(file));
	const files =
		named.length > 0
			? named
			: compiledTests().filter((file) => !values.rest || hasLaterTests(file));
	const summary = new Summary(values.tap ? () => {} : console.log);
	const ended = new Promise((resolve) => summary.parser.once('complete', resolve));
	t.pipe(summary.parser);
	if (values.tap) t.pipe(process.stdout);
	t.setTimeout(0);
	t.jobs = availableParallelism();
	t.plan(files.length);
	for (const file of files) spawnFile(file, part);
	await ended;
	if (!values.tap)
		for (const line of [...(values.times ? summary.times() : []), ...summary.lines()])
			console.log(line);
	return summary.exitCode(t.passing() ? 0 : 1, process.env.CI === 'true');
}

main().then((code) => {
	process.exitCode = code;
});
