// SPDX-License-Identifier: MIT
/** Broken adapters: each has its verdict and leaves no process behind. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { openExec } from '../../implementations/exec';
import type { Implementation } from '../../implementations/implementation';
import { decide } from '../../runner/decide/decide';
import { reporters } from '../../runner/report';
import { packageRoot } from '../../runner/text/package-root';
import { caseOf, OPTIONS, reference } from '../cases';
import { needs } from '../needs';
import { report, written } from '../records';

const PS = needs('ps');

const ID = 'DAXV-0020';
const script = join(packageRoot, 'test/exec/broken/adapter.js');

/** Verdict and reason of each defect. */
const expected: [how: string, verdict: string, reason: RegExp][] = [
	['honest', 'pass', /^$/],
	['never ends', 'pass', /^$/],
	['wrong version', 'error', /^the adapter speaks protocol 2, not 1$/],
	['exits at once', 'crash', /^the adapter exited with 3$/],
	[
		'exits at once, with a log',
		'crash',
		/exited with 3; its log: no such file: ·\[31msuper\.c·\[0m$/,
	],
	['kills itself', 'crash', /^the adapter died of SIGKILL$/],
	['prints garbage', 'error', /^a line is not JSON: Segmentation fault$/],
	['silent hello', 'timeout', /^no answer within \d+ ms$/],
	['hostile name', 'error', /^malformed hello: \/name must match pattern/],
	['hostile target', 'error', /^malformed hello: \/target must match pattern/],
	['hostile prototype', 'error', /^malformed hello: /],
	['half a line', 'timeout', /^no answer within \d+ ms$/],
	['half a line, then exits', 'crash', /^the adapter exited with 0, in the middle of a line$/],
	['1 GB line', 'error', /^a line is longer than 16 MiB$/],
	['invalid UTF-8', 'error', /^a line is not UTF-8$/],
	['no JSON', 'error', /^a line is not JSON: results: 1$/],
	['another seq', 'error', /^the adapter answers "q\d+0" where "q\d+" is due$/],
	[
		'answers twice',
		'error',
		/^the adapter answers (one request more than once|"q\d+" where "q\d+" is due)$/,
	],
	['answers later once more', 'error', /^the adapter answers "q\d+" where "q\d+" is due$/],
	['answers hello', 'error', /^the adapter says hello where results are due$/],
	['closes stdin', 'timeout', /^no answer within \d+ ms$/],
	['closes stdout', 'error', /^the adapter closed its stdout$/],
	['closes stdout, then dies', 'crash', /^the adapter died of SIGKILL$/],
	['exits', 'crash', /^the adapter exited with 0$/],
	['ignores SIGTERM', 'timeout', /^no answer within \d+ ms$/],
	['leaves children', 'pass', /^$/],
	['leaves children and dies', 'crash', /^the adapter exited with 1$/],
	['says errored', 'crash', /^the adapter says: out of ·\[31mluck·\[0m and more$/],
	['says skipped', 'skip', /^·\[2J·no$/],
	['skips later', 'error', /^the adapter skips a program that it executed before$/],
	['too few', 'error', /^1 schedules did not give as many executions$/],
	['hostile names', 'error', /^malformed results: a name has invisible characters$/],
	['hostile warning', 'error', /^malformed results: a name has invisible characters$/],
	['hostile keys', 'error', /^malformed results: \/executions\/0 must/],
	['huge numbers', 'error', /^malformed results: \/executions\/0\/device\/refs must be integer$/],
	['huge agent', 'error', /^event 0 is of agent 9007199254740991, which is not listed$/],
	['deep nesting', 'error', /^malformed results: \/executions\/0 must be object$/],
	[
		'many errors',
		'error',
		/^malformed results: \/executions\/0\/events must NOT have more than 10000/,
	],
	['endless log', 'pass', /^$/],
];

/** Lists processes whose command line contains a pattern. */
function processes(...patterns: string[]): string[] {
	const all = execFileSync('ps', ['-eo', 'pid=,pgid=,stat=,args='], { encoding: 'utf8' });
	return all
		.split('\n')
		.filter((line) => patterns.some((pattern) => line.includes(pattern)) && !/ Z/.test(line))
		.map((line) => line.trim());
}

function open(how: string, execution: string): Implementation {
	const quoted = `${process.execPath} ${script} "${how}" '${execution}'`;
	return openExec(quoted, { hello: 5_000, execute: 5_000, close: 300 })!;
}

t.test('gives each defect its verdict and leaves no process running', PS, async (t) => {
	const test = await caseOf(ID);
	const [good] = await reference().execute(test.program, [[]]);
	const execution = JSON.stringify(good);
	for (const [how, verdict, reason] of expected) {
		const short = /timeout/.test(verdict);
		const opened = short
			? openExec(`${process.execPath} ${script} "${how}" '${execution}'`, {
					hello: 400,
					execute: 400,
					close: 300,
				})!
			: open(how, execution);
		const implementation = await opened.ready!();
		for (const _ of [1, 2]) {
			const result = await decide(test, implementation, OPTIONS);
			t.equal(result.verdict, verdict, `${how}: ${result.reason}`);
			t.match(result.reason, reason, how);
			for (const [name, factory] of Object.entries(reporters)) {
				const text = written(factory, report([result]), [test]);
				t.notMatch(text, /[^\P{C}\n]|\u202e/u, `${how}: ${name} escapes control characters`);
			}
		}
		await implementation.close!();
		t.same(processes(`${script} ${how} `), [], `${how}: no process is left`);
	}
	t.same(processes('trap "" TERM'), [], 'no child is left');
	t.equal(({} as { polluted?: boolean }).polluted, undefined);
	t.match(
		await decide(test, reference(), OPTIONS),
		{ verdict: 'pass' },
		'the runner still decides',
	);
});

t.test('a different hello after a restart is an error', async (t) => {
	const test = await caseOf(ID);
	const implementation = await open('another hello', '{}').ready!();
	t.match(await decide(test, implementation, OPTIONS), {
		verdict: 'error',
		reason: /^malformed results/,
	});
	t.match(await decide(test, implementation, OPTIONS), {
		verdict: 'error',
		reason: /^the adapter says a different hello after a restart$/,
	});
	await implementation.close!();
});

t.test(
	'an adapter that dies is started again twice for a request, then it is a crash',
	async (t) => {
		const test = await caseOf(ID);
		const [good] = await reference().execute(test.program, [[]]);
		for (const [how, verdict, starts] of [
			['dies twice', 'pass', 3],
			['dies three times', 'crash', 3],
		] as const) {
			const log = join(t.testdir(), 'starts');
			const command = `${process.execPath} ${script} "${how}" '${JSON.stringify(good)}' ${log}`;
			const implementation = await openExec(command)!.ready!();
			const result = await decide(test, implementation, OPTIONS);
			t.equal(result.verdict, verdict, `${how}: ${result.reason}`);
			t.equal(readFileSync(log, 'utf8').length, starts, `${how}: ${starts} processes`);
			await implementation.close!();
		}
	},
);

t.test('an adapter that cannot be started is not-run', async (t) => {
	const test = await caseOf(ID);
	for (const command of ['/nonexistent/adapter', '/etc/passwd', '.', '$(touch x)', 'a;b']) {
		const implementation = await openExec(command)!.ready!();
		t.match(
			await decide(test, implementation, OPTIONS),
			{ verdict: 'not-run', reason: /^cannot start .*: (ENOENT|EACCES)/ },
			command,
		);
		await implementation.close!();
	}
	for (const command of ['', '  ', '"a', "a 'b", '""']) t.equal(openExec(command), null, command);
});

t.test('an answer that comes after a timeout is not given to the next request', PS, async (t) => {
	const test = await caseOf(ID);
	const implementation = await open('half a line', '{}').ready!();
	const first = await decide(test, implementation, { ...OPTIONS, timeout: 100 });
	t.match(first, { verdict: 'timeout', reason: 'no answer in time' });
	const second = await decide(test, implementation, { ...OPTIONS, timeout: 100 });
	t.match(second, { verdict: 'timeout' });
	await implementation.close!();
	t.same(processes(`${script} half a line `), []);
});
