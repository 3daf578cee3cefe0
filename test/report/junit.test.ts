// SPDX-License-Identifier: MIT
/** JUnit XML, held against Jenkins' schema by xmllint and read by Debian's python3-junitparser. */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { failureDiagram } from '../../runner/diagram/columns';
import { junit } from '../../runner/report/junit';
import { caseOf } from '../cases';
import { eachVerdict, failure, report, result, written } from '../records';
import { junitSchema } from './junit-schema';

const schema = junitSchema();
const folder = t.testdir();

interface Case {
	readonly name: string;
	readonly classname: string;
	/** Kind, message and text of what is told of it. */
	readonly told: [string, string | null, string | null][];
	readonly out: string | null;
}

interface Suite {
	readonly name: string;
	readonly counts: [tests: number, failures: number, errors: number, skipped: number];
	readonly cases: readonly Case[];
}

const SCRIPT = `
import json, sys
from junitparser import JUnitXml
json.dump([{
    'name': suite.name,
    'counts': [suite.tests, suite.failures, suite.errors, suite.skipped],
    'cases': [{
        'name': case.name, 'classname': case.classname, 'out': case.system_out,
        'told': [[type(each).__name__, each.message, each.text] for each in case.result],
    } for case in suite],
} for suite in JUnitXml.fromfile(sys.argv[1])], sys.stdout)
`;

/** Throws when it is no XML, or not what the schema allows. */
function read(text: string): Suite[] {
	const file = join(folder, 'report.xml');
	writeFileSync(file, text);
	run('xmllint', '--nonet', '--noout', '--schema', schema, file);
	// Debian's own: another Python on the path does not see Debian's packages.
	return JSON.parse(run('/usr/bin/python3', '-c', SCRIPT, file)) as Suite[];
}

function run(program: string, ...args: string[]): string {
	const { status, stdout, stderr, error } = spawnSync(program, args, { encoding: 'utf8' });
	if (status !== 0) throw new Error(`${program}: ${error ?? stderr}`);
	return stdout;
}

t.test('each verdict, scored and open', async (t) => {
	const results = eachVerdict();
	const suites = read(written(junit, report(results)));
	t.strictSame(
		suites.map(({ name, counts }) => [name, counts]),
		[
			['reference', [18, 2, 5, 10]],
			['dax-vectors', [1, 0, 0, 0]],
		],
	);
	const kinds = suites[0]!.cases.map(({ name, told }) => [name.split('/')[1], told[0]?.[0] ?? '']);
	t.strictSame(kinds.slice(0, 9), [
		['pass', ''],
		['fail', 'Failure'],
		['xfail', 'Skipped'],
		['xpass', 'Failure'],
		['skip', 'Skipped'],
		['not-run', 'Error'],
		['timeout', 'Error'],
		['crash', 'Error'],
		['error', 'Error'],
	]);
	t.strictSame(
		kinds.slice(9, 17).map(([, kind]) => kind),
		Array(8).fill('Skipped'),
		'open',
	);
	t.equal(suites[0]!.cases[2]!.told[0]![2], 'known failure: because of xfail');
	t.equal(suites[0]!.cases[10]!.told[0]![2], 'open, not scored: fail');
	t.equal(suites[0]!.cases[5]!.told[0]![1], 'not-run: because of not-run');
});

t.test('a failure is told with its interleaving', async (t) => {
	const test = await caseOf('DAXV-0001/fs_dax_get');
	const told = failure();
	const id = test.id;
	const failed = result({ id, verdict: 'fail', failures: [told] });
	const known = { ...failed, verdict: 'xfail' as const, implementation: 'reference:v3' };
	const suites = read(written(junit, report([failed, known]), [test]));
	const [kind, message, text] = suites[0]!.cases[0]!.told[0]!;
	t.strictSame([kind, message], ['Failure', told.message]);
	t.match(text, /^A title of some length\n\n {4}ops is null at the end, expected B\n/);
	t.ok(text!.includes(`\n${failureDiagram(told).join('\n')}\n`), 'line by line');
	t.match(text, /dax-vectors replay dv1\./);
	t.match(suites[1]!.cases[0], { classname: 'reference:v3', out: /ops is null at the end/ });
});

t.test('what no result shows', async (t) => {
	const whole = (text: string) => read(text).at(-1)!.cases[0]!;
	t.match(whole(written(junit, report([result()]))), { name: 'known-failures', told: [] });
	const stale = whole(written(junit, report([result()], ['a list\nis stale'])));
	t.strictSame(stale.told, [['Error', 'a list\nis stale', 'a list\nis stale']]);
	const cut = whole(written(junit, report([result()]), [], 3));
	t.match(cut.told, [['Error', '1 of 3 decided']]);
	const skipped = whole(written(junit, report([result({ verdict: 'skip' })])));
	t.match(skipped.told, [['Error', 'nothing that is scored was tested']]);
});

t.test('text that means something in XML comes through as text', async (t) => {
	const plain = [
		'<b>',
		']]>',
		'&amp;',
		'&#x1b;',
		'"',
		"it's",
		'<![CDATA[',
		'--></x>',
		'\u00e9 \u{1f600}',
	];
	for (const word of plain) {
		const told = failure({ message: word, remarks: [word] });
		const list = ['fail', 'skip', 'crash'] as const;
		const results = list.map((verdict) =>
			result({ verdict, reason: word, id: word, implementation: word, failures: [told] }),
		);
		const [suite] = read(written(junit, report(results)));
		t.equal(suite!.name, word);
		const [fail, skip] = suite!.cases;
		t.match(fail, { name: word, classname: word });
		t.equal(fail!.told[0]![1], word);
		t.ok(fail!.told[0]![2]!.includes(`\n*** ${word}\n`), word);
		t.equal(skip!.told[0]![2], word);
	}
	// What XML cannot hold at all is shown as a dot, not a broken document.
	const never = '\u0000\u001b[2J\u0085\u009b\u2028\ud800\ufffe\uffff\u202e\r';
	const text = written(junit, report([result({ verdict: 'crash', reason: never })]));
	t.equal(
		read(text)[0]!.cases[0]!.told[0]![1],
		'crash: \u00b7\u00b7[2J\u00b7\u00b7\u00b7\u00b7\u00b7\u00b7\u00b7 ',
	);
	// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
	t.notMatch(text, /[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
});

t.test('the schema refuses what is no report', async (t) => {
	t.throws(() => read('<testsuites><testsuite name="a"/></testsuites>'), /tests.* is required/);
	t.throws(() => read('<testsuites>'), /parser error/);
});
