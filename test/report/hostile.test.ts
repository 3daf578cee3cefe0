// SPDX-License-Identifier: MIT
/** Reports with hostile text: the output has nothing that a terminal, parser or shell would execute. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { reporters } from '../../runner/report';
import type { ReportRecord, Result } from '../../schema/types/report';
import { failure, header, lanesOf, race, result } from '../records';
import { toolHere } from '../tool';

/** Text with a meaning for terminals, TAP, KTAP, GitHub's runner, XML, HTML, Markdown or shells. */
const EVIL = [
	'::error::injected \u001b]0;injected\u0007\u001b[2J\u009b31m\u202e\u2028',
	'ok 1 - injected',
	'1..0',
	'Bail out! injected',
	'::error file=a,line=1::injected',
	'##[error]injected',
	']]><injected/></failure><script>alert(1)</script>',
	'```',
	'</details><img src=x onerror=alert(1)>',
	'| a | b |',
	'$(touch injected) `touch injected`; touch injected',
	'../../../etc/passwd # SKIP %0A::error::injected',
].join('\r\n');

const folder = t.testdir();

/** File of a report of one of two shards. */
function report(name: string, index: number, ...results: Result[]): string {
	const first = header(EVIL, `${EVIL}more`);
	const records: ReportRecord[] = [
		{
			...first,
			version: EVIL,
			library: EVIL,
			started: EVIL,
			selection: { profile: EVIL, ids: [EVIL], tags: [EVIL] },
			implementations: first.implementations.map((each) => ({
				...each,
				target: EVIL,
				description: EVIL,
				revision: EVIL,
				compiler: EVIL,
			})),
			shard: { index, of: 2 },
		},
		...results,
		{
			record: 'footer',
			results: results.length,
			counts: {},
			problems: [EVIL],
			exit: 1,
		},
	];
	const file = join(folder, name);
	writeFileSync(file, records.map((record) => `${JSON.stringify(record)}\n`).join(''));
	return file;
}

const evilResult = (verdict: Result['verdict'], id: string, given: Partial<Result> = {}): Result =>
	result({
		verdict,
		vector: id,
		id: `${id}/${EVIL}`,
		implementation: EVIL,
		title: EVIL,
		reason: EVIL,
		link: EVIL,
		outcomes: JSON.parse(`{"__proto__":1,"constructor":2,${JSON.stringify(EVIL)}:3}`),
		failures: ['fail', 'xfail', 'xpass'].includes(verdict)
			? [
					failure({
						expectation: EVIL,
						message: EVIL,
						file: EVIL,
						token: EVIL,
						lanes: { ...lanesOf(EVIL), threads: [EVIL] },
						remarks: [EVIL],
					}),
				]
			: [],
		races: [race({ object: EVIL })],
		...given,
	});

/** Two shards, with results of vectors that are not in the library. */
const one = report(
	'one.jsonl',
	1,
	evilResult('fail', 'DAXV-0001'),
	evilResult('xfail', 'DAXV-0002'),
	evilResult('skip', 'DAXV-9998'),
);
const two = report(
	'two.jsonl',
	2,
	evilResult('crash', 'DAXV-9999'),
	evilResult('fail', 'DAXV-9999', { implementation: `${EVIL}more` }),
	evilResult('fail', 'DAXV-0003', { scored: false, status: 'open' }),
);

/** Control characters of terminals, and characters that change the direction of text. */
const OBEYED = /(?!\n)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

for (const name of Object.keys(reporters))
	t.test(`merge --reporter ${name} writes hostile text as text`, async (t) => {
		const { code, out, err } = await toolHere(['report', 'merge', one, two, '-r', name]);
		t.notMatch(err, /internal error/);
		t.ok(out.length > 0, err);
		t.equal(code, 1);
		harmless(t, out + err, name);
	});

t.test('diff writes hostile text as text', async (t) => {
	for (const more of [[], ['-r', 'json']]) {
		const { out, err } = await toolHere(['report', 'diff', one, two, ...more]);
		t.notMatch(err, /internal error/);
		t.ok(out.length > 0, err);
		harmless(t, out + err, more.length > 0 ? 'json' : 'pretty');
	}
});

function harmless(t: Test, text: string, name: string): void {
	t.notMatch(text, OBEYED);
	for (const line of text.split('\n')) {
		if (['tap', 'ktap'].includes(name))
			t.notMatch(line, /^\s*(not )?ok \d+ - injected|^\s*1\.\.0|^\s*Bail out! injected/);
		// GitHub's runner takes :: at the beginning of a line, and ##[ anywhere, for a command.
		if (!['json', 'junit', 'html'].includes(name)) {
			t.notMatch(line, /^\s*::\w+( file=a,line=1)?::/);
			t.notMatch(line, /##\[/);
		}
	}
	if (name === 'junit' || name === 'html') t.notMatch(text, /<injected|<img src=x|<script>alert/);
	if (name === 'markdown') {
		const outside = text.replace(/^(`{3,})text\n[\s\S]*?\n\1$/gm, '');
		t.notMatch(outside, /(?<!\\)<(img|script|injected)/);
	}
}

t.test('refuses a malformed report with one short line', async (t) => {
	const lines: [string, string | Buffer, RegExp][] = [
		['bom', `\ufeff{"record":"header"}\n`, /:1: no record of a report/],
		['deep', `${'['.repeat(1e5)}\n`, /:1: no record of a report/],
		['long', `[${'0,'.repeat(2e6)}0]\n`, /:1: no record of a report/],
		['many', `{"record":"result","failures":[${'0,'.repeat(2e6)}0]}\n`, /no record of a report/],
		['bytes', Buffer.from([0xff, 0xfe, 0, 10]), /:1: no record of a report/],
		['key', `{"record":"result","outcomes":{"\u001b[31m":"a"}}\n`, /no record of a report/],
	];
	for (const [name, bytes, expected] of lines) {
		const file = join(folder, name);
		writeFileSync(file, bytes);
		const { code, out, err } = await toolHere(['report', 'merge', file, file]);
		t.match({ code, out, err }, { code: 128, out: '', err: expected }, name);
		t.ok(err.length < 500, name);
		t.notMatch(err, OBEYED, name);
	}
});

t.test(
	'refuses results of another implementation or vector, and results that occur twice',
	async (t) => {
		const cases: [Result[], RegExp][] = [
			[
				[evilResult('pass', 'DAXV-0001', { implementation: 'other' })],
				/a result of other, its header/,
			],
			[
				[evilResult('pass', 'DAXV-0001', { id: '../../etc/passwd' })],
				/etc\/passwd of vector DAXV-0001/,
			],
			[
				[evilResult('pass', 'DAXV-0001'), evilResult('pass', 'DAXV-0001')],
				/two results of DAXV-0001/,
			],
		];
		for (const [results, expected] of cases) {
			const { code, err } = await toolHere([
				'report',
				'merge',
				report('odd.jsonl', 1, ...results),
				two,
			]);
			t.match({ code, err }, { code: 128, err: expected });
		}
	},
);
