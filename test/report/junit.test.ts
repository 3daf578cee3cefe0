// SPDX-License-Identifier: MIT
/** JUnit XML, validated by xmllint with Jenkins' schema and read by Debian's python3-junitparser. */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { failureDiagram } from '../../runner/diagram/columns';
import { junit } from '../../runner/report/junit';
import { caseOf } from '../cases';
import { needs, willRun } from '../needs';
import { eachVerdict, failure, report, result, written } from '../records';
import { junitSchema } from './junit-schema';

const schema = willRun('junit schema') ? junitSchema() : '';
const folder = t.testdir();

interface Case {
	readonly name: string;
	readonly classname: string;
	/** Kind, message and text of its elements. */
	readonly elements: [string, string | null, string | null][];
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
        'elements': [[type(each).__name__, each.message, each.text] for each in case.result],
    } for case in suite],
} for suite in JUnitXml.fromfile(sys.argv[1])], sys.stdout)
`;

const SCHEMA = needs('junit schema');

/** Throws where the text is malformed or the schema refuses it. */
function read(text: string): Suite[] {
	const file = join(folder, 'report.xml');
	writeFileSync(file, text);
	run('xmllint', '--nonet', '--noout', '--schema', schema, file);
	// Debian's Python, because only it finds Debian's packages.
	return JSON.parse(run('/usr/bin/python3', '-c', SCRIPT, file)) as Suite[];
}

function run(program: string, ...args: string[]): string {
	const { status, stdout, stderr, error } = spawnSync(program, args, { encoding: 'utf8' });
	if (status !== 0) throw new Error(`${program}: ${error ?? stderr}`);
	return stdout;
}

t.test('maps each verdict, scored and open, to an element', SCHEMA, async (t) => {
	const results = eachVerdict();
	const suites = read(written(junit, report(results)));
	t.strictSame(
		suites.map(({ name, counts }) => [name, counts]),
		[
			['reference', [18, 2, 5, 10]],
			['dax-vectors', [1, 0, 0, 0]],
		],
	);
	const kinds = suites[0]!.cases.map(({ name, elements }) => [
		name.split('/')[1],
		elements[0]?.[0] ?? '',
	]);
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
	t.equal(suites[0]!.cases[2]!.elements[0]![2], 'known failure: because of xfail');
	t.equal(suites[0]!.cases[10]!.elements[0]![2], 'open, not scored: fail');
	t.equal(suites[0]!.cases[5]!.elements[0]![1], 'not-run: because of not-run');
});

t.test('a failure has its interleaving', SCHEMA, async (t) => {
	const test = await caseOf('DAXV-0001/fs_dax_get');
	const shown = failure();
	const id = test.id;
	const failed = result({ id, verdict: 'fail', failures: [shown] });
	const known = { ...failed, verdict: 'xfail' as const, implementation: 'reference:series-v3' };
	const suites = read(written(junit, report([failed, known]), [test]));
	const [kind, message, text] = suites[0]!.cases[0]!.elements[0]!;
	t.strictSame([kind, message], ['Failure', shown.message]);
	t.match(text, /^A title of some length\n\n {4}ops is null at the end, expected B\n/);
	t.ok(text!.includes(`\n${failureDiagram(shown).join('\n')}\n`), 'line by line');
	t.match(text, /dax-vectors replay dv1\./);
	t.match(suites[1]!.cases[0], { classname: 'reference:series-v3', out: /ops is null at the end/ });
});

t.test('writes a test case for each problem of a run', SCHEMA, async (t) => {
	const whole = (text: string) => read(text).at(-1)!.cases[0]!;
	t.match(whole(written(junit, report([result()]))), { name: 'known-failures', elements: [] });
	const stale = whole(written(junit, report([result()], ['a list\nis stale'])));
	t.strictSame(stale.elements, [['Error', 'a list\nis stale', 'a list\nis stale']]);
	const cut = whole(written(junit, report([result()]), [], 3));
	t.match(cut.elements, [['Error', '1 of 3 decided']]);
	const skipped = whole(written(junit, report([result({ verdict: 'skip' })])));
	t.match(skipped.elements, [['Error', 'nothing that is scored was tested']]);
});

t.test('escapes XML within text', SCHEMA, async (t) => {
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
		const shown = failure({ message: word, remarks: [word] });
		const list = ['fail', 'skip', 'crash'] as const;
		const results = list.map((verdict) =>
			result({ verdict, reason: word, id: word, implementation: word, failures: [shown] }),
		);
		const [suite] = read(written(junit, report(results)));
		t.equal(suite!.name, word);
		const [fail, skip] = suite!.cases;
		t.match(fail, { name: word, classname: word });
		t.equal(fail!.elements[0]![1], word);
		t.ok(fail!.elements[0]![2]!.includes(`\n*** ${word}\n`), word);
		t.equal(skip!.elements[0]![2], word);
	}
	// A character that XML cannot hold becomes a dot.
	const never = '\u0000\u001b[2J\u0085\u009b\u2028\ud800\ufffe\uffff\u202e\r';
	const text = written(junit, report([result({ verdict: 'crash', reason: never })]));
	t.equal(
		read(text)[0]!.cases[0]!.elements[0]![1],
		'crash: \u00b7\u00b7[2J\u00b7\u00b7\u00b7\u00b7\u00b7\u00b7\u00b7 ',
	);
	// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
	t.notMatch(text, /[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
});

t.test('the schema refuses malformed documents', SCHEMA, async (t) => {
	t.throws(() => read('<testsuites><testsuite name="a"/></testsuites>'), /tests.* is required/);
	t.throws(() => read('<testsuites>'), /parser error/);
});
