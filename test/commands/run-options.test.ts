// SPDX-License-Identifier: MIT

import t from 'tap';
import { failureDiagram } from '../../runner/diagram/columns';
import type { Footer, Header, ReportRecord, Result } from '../../schema/types/report';
import { needs } from '../needs';
import { shell, tool, toolHere } from '../tool';

const V6 = ['-i', 'reference:v6.12-stable'];
const records = (out: string): ReportRecord[] =>
	out
		.trimEnd()
		.split('\n')
		.map((line) => JSON.parse(line) as ReportRecord);

t.test('out of budget is not-run, with exit code 125', async (t) => {
	const { code, out } = await tool([
		...['run', 'DAXV-0055', 'DAXV-0020', '--budget', '3', '--all'],
	]);
	t.equal(code, 125);
	t.match(out, /^NOT-RUN DAXV-0055 .*\(partial: \d traces? in 3 executions\)$/m);
	t.match(out, /^ {4}stopped after 3 executions: raise --budget$/m);
	t.match(out, /^cannot be tested$/m);
	t.match(
		out,
		/^PASS {4}DAXV-0020 .*\(exhaustive, 1 trace\)$/m,
		'one execution is enough for a sequence',
	);
	const failing = ['run', 'DAXV-0020', '-i', 'reference:series-v3', '--budget', '1'];
	t.match(
		await tool(failing),
		{ code: 0, out: /^XFAIL/m },
		'a failure counts even where the budget ends',
	);
});

t.test('--preemptions bounds the exploration, and the verdict states the bound', async (t) => {
	const none = await tool([
		'run',
		'DAXV-0001/fs_dax_get_by_bdev',
		...V6,
		'--preemptions',
		'0',
		'--all',
	]);
	t.match(none, { code: 0, out: /^PASS .*\(<= 0 preemptions, 2 traces\)$/m });
	const one = await tool(['run', 'DAXV-0001/fs_dax_get_by_bdev', ...V6, '--preemptions', '1']);
	t.match(one, { code: 0, out: /^XFAIL .*\(<= 1 preemptions, \d traces\)$/m });
	const must = await tool([
		'run',
		'DAXV-0040/fs_dax_get',
		'DAXV-0033/fs_dax_get',
		'--preemptions',
		'0',
		'--all',
	]);
	t.match(must.out, /^PASS {4}DAXV-0033\/fs_dax_get .*<= 0 preemptions/m);
	t.match(await tool(['run', '--preemptions', '99', 'DAXV-0001']), { out: /\(exhaustive, / });
});

t.test('--order named runs only the orders that vectors name', async (t) => {
	const { code, out } = await tool(['run', 'DAXV-0001', 'DAXV-0020', ...V6, '--order', 'named']);
	t.equal(code, 0);
	t.match(out, /^XFAIL {3}DAXV-0001\/fs_dax_get_by_bdev .*\(1 named order\)$/m);
	t.match(out, /^2 do not apply: .*no named order \(1\)/m);
	const without = await tool(['run', 'DAXV-0020', '--order', 'named']);
	t.match(without, { code: 125, out: /cannot be tested/ }, 'no vector with a named order');
	const lost = ['run', 'DAXV-0027', '-i', 'reference:kill-missing-synchronize', '--order', 'named'];
	const reason =
		/order reader: step 2 \(run removal\) not realised: stop missed, removal has ended/;
	t.match(await tool(lost), { code: 125, out: reason }, 'an order that cannot be followed');
});

t.test('--timeout ends a vector with the verdict timeout', async (t) => {
	const slow = ['run', 'DAXV-0055', '--preemptions', '99', '--budget', '999999999'];
	const { code, out } = await tool([...slow, '--timeout', '100']);
	t.equal(code, 1);
	t.match(out, /^TIMEOUT DAXV-0055 .*\n {4}no end after 100 ms$/m);
});

t.test('reporters show the results of several implementations', async (t) => {
	const run = ['run', 'DAXV-0020', 'DAXV-0030', ...V6, '-i', 'reference:series-v3'];
	const json = await tool([...run, '-r', 'json']);
	const read = records(json.out);
	t.equal((read[0] as Header).implementations.length, 2);
	t.match(read.at(-1), { record: 'footer', results: 4, exit: 0, counts: { pass: 3, xfail: 1 } });
	const tap = await tool([...run, '-r', 'tap']);
	t.match(tap.out, /^TAP version 14\n1\.\.4\nok 1 - DAXV-0020 reference:v6\.12-stable\n/);
	t.match(tap.out, /^not ok 2 - DAXV-0020 reference:series-v3 # TODO known failure: /m);
	const table = await tool(run);
	t.match(table.out, /^DAXV-0020 \. +fail +A release after a removal/m);
	t.match(table.out, /^DAXV-0020 {2}series-v3$/m);
	// A slow machine writes progress to stderr.
	for (const { code, err } of [json, tap, table])
		t.strictSame([code, err.replace(/^\d+ of \d+ done, .*\n/gm, '')], [0, '']);
});

t.test('--preemptions with a large bound finds the same as without', async (t) => {
	const [all, bounded] = await Promise.all(
		[[], ['--preemptions', '99']].map(async (bound) => {
			const { out } = await tool(['run', 'DAXV-0056', ...V6, '-r', 'json', ...bound]);
			const { verdict, completeness, outcomes } = records(out)[1] as Result;
			return { verdict, kind: completeness.kind, traces: completeness.traces, outcomes };
		}),
	);
	t.match(all, { verdict: 'xfail', kind: 'exhaustive' });
	t.strictSame(bounded, all);
});

t.test('Ctrl-C prints the results so far and exits 130', needs('python3'), async (t) => {
	// The second vector takes this adapter some seconds.
	const adapter = 'exec:python3 implementations/exec/examples/python/dax_adapter.py';
	const run = ['run', 'DAXV-0020', 'DAXV-0055', '-i', adapter, '--preemptions', '99'];
	const interrupted = (reporter: string, decided: RegExp) => {
		let sent = false;
		return tool([...run, '-r', reporter], {
			watch: (out, child) => {
				if (sent || !decided.test(out)) return;
				sent = true;
				// The report for people prints its results at the end.
				setTimeout(() => child.kill('SIGINT'), reporter === 'pretty' ? 1_000 : 0);
			},
		});
	};
	const pretty = await interrupted('pretty', /^exec:/);
	t.equal(pretty.code, 130);
	t.match(pretty.out, /\n1 passes, in every interleaving .*\n\n1 of 2 were decided\ninterrupted\n/);
	const tap = await interrupted('tap', /^ok 1/m);
	t.match(tap, { code: 130, out: /^Bail out! 1 of 2 decided\n$/m });
	const json = await interrupted('json', /"result"/);
	t.equal(json.code, 130);
	const footer = records(json.out).at(-1) as Footer;
	t.match(footer, { record: 'footer', results: 1, counts: { pass: 1 }, exit: 130 });
});

t.test('a closed pipe ends the output without an error', needs('bash'), async (t) => {
	for (const line of ['run -i "reference:*" -r json', 'list', 'show DAXV-0001', 'run --help']) {
		const { out, err } = await shell(`dax-vectors ${line} | head -1`);
		t.equal(out.split('\n').length, 2, line);
		t.notMatch(err, /EPIPE|rror/, line);
	}
});

t.test(
	'replay shows the execution of a token, on its own implementation and on another',
	async (t) => {
		const { out } = await tool([
			'run',
			'DAXV-0001',
			'DAXV-0031',
			'-i',
			'reference:v7.1',
			'-r',
			'json',
		]);
		const results = records(out).filter((record): record is Result => record.record === 'result');
		const failures = results.flatMap((result) => result.failures);
		t.ok(failures.length >= 3);
		for (const failure of failures) {
			const { token, message, expectation } = failure;
			if (!token) throw new Error(`no token: ${message}`);
			const again = await toolHere(['replay', token]);
			t.match(again, { code: 1, err: /^$/ }, token);
			for (const text of [message, expectation, failureDiagram(failure).join('\n')])
				t.ok(again.out.includes(text), text);
			const fixed = await toolHere(['replay', token, '-i', 'reference']);
			t.match(fixed, { code: 0, out: /^outcome: \w/m }, 'the same interleaving upstream');
		}
		const unable = await toolHere(['replay', failures[0]?.token ?? '', '-i', 'reference:v6.0']);
		t.match(unable, { code: 129, err: 'dax-vectors: reference:v6.0 has no fs_dax_get()\n' });
	},
);

t.test('matrix finds no vector and no mutant without a kill', async (t) => {
	const { code, out } = await tool(['matrix', '--expectations']);
	t.equal(code, 0);
	t.match(out, /every vector \(\d+\) is failed by something, every mutant \(\d+\) is killed\n$/);
	t.match(out, /DAXV-0001\/fs_dax_get: outcomes\/claimed\/device\/ops/);
});
