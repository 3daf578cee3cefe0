// SPDX-License-Identifier: MIT
/** Adapters that are broken in every way that was thought of: each ends in its verdict, and leaves nobody behind. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import t from 'tap';
import { openExec } from '../../implementations/exec';
import type { Implementation } from '../../implementations/implementation';
import { decide } from '../../runner/decide/decide';
import { reporters } from '../../runner/report';
import { packageRoot } from '../../runner/text/package-root';
import { caseOf, OPTIONS, reference } from '../cases';
import { report, written } from '../records';

const ID = 'DAXV-0020';
const script = join(packageRoot, 'test/exec/broken/adapter.js');

/** The verdict on each, and why. */
const expected: [how: string, verdict: string, reason: RegExp][] = [
	['honest', 'pass', /^$/],
	['never ends', 'pass', /^$/],
	['wrong version', 'error', /^it speaks protocol 2, not 1$/],
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
	['another seq', 'error', /^it answers "q\d+0" where "q\d+" is due$/],
	['answers twice', 'error', /^it answers (more than it was asked|"q\d+" where "q\d+" is due)$/],
	['answers later once more', 'error', /^it answers "q\d+" where "q\d+" is due$/],
	['answers hello', 'error', /^it says hello where results are due$/],
	['closes stdin', 'timeout', /^no answer within \d+ ms$/],
	['closes stdout', 'error', /^it closed its stdout$/],
	['exits', 'crash', /^the adapter exited with 0$/],
	['ignores SIGTERM', 'timeout', /^no answer within \d+ ms$/],
	['leaves children', 'pass', /^$/],
	['leaves children and dies', 'crash', /^the adapter exited with 1$/],
	['leaves children in other sessions', 'pass', /^$/],
	['says errored', 'crash', /^the adapter says: out of ·\[31mluck·\[0m and more$/],
	['says skipped', 'skip', /^·\[2J·no$/],
	['skips later', 'error', /^it skips what it executed before$/],
	['too few', 'error', /^1 schedules did not give as many executions$/],
	['hostile names', 'error', /^malformed results: a name has characters that do not show$/],
	['hostile warning', 'error', /^malformed results: a name has characters that do not show$/],
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

/** Processes whose command line has one of these. */
function members(...patterns: string[]): string[] {
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

t.test('each ends in its verdict, and nobody is left', async (t) => {
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
				t.notMatch(text, /[^\P{C}\n]|\u202e/u, `${how}: ${name} shows nothing else`);
			}
		}
		await implementation.close!();
		t.same(members(`${script} ${how} `), [], `${how}: nobody is left`);
	}
	t.same(members('trap "" TERM'), [], 'nor a child');
	t.equal(({} as { polluted?: boolean }).polluted, undefined);
	t.match(await decide(test, reference(), OPTIONS), { verdict: 'pass' }, 'the runner is well');
});

t.test('another hello after a restart', async (t) => {
	const test = await caseOf(ID);
	const implementation = await open('another hello', '{}').ready!();
	t.match(await decide(test, implementation, OPTIONS), {
		verdict: 'error',
		reason: /^malformed results/,
	});
	t.match(await decide(test, implementation, OPTIONS), {
		verdict: 'error',
		reason: /^it says another hello each time$/,
	});
	await implementation.close!();
});

t.test('what cannot be started was not run', async (t) => {
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

t.test('nobody who gave up waiting gets the answer of before', async (t) => {
	const test = await caseOf(ID);
	const implementation = await open('half a line', '{}').ready!();
	const first = await decide(test, implementation, { ...OPTIONS, timeout: 100 });
	t.match(first, { verdict: 'timeout', reason: 'no answer in time' });
	const second = await decide(test, implementation, { ...OPTIONS, timeout: 100 });
	t.match(second, { verdict: 'timeout' });
	await implementation.close!();
	t.same(members(`${script} half a line `), []);
});
