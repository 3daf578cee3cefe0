// SPDX-License-Identifier: MIT
/** LAVA's signals, read by LAVA's dispatcher, and the test definition, validated by LAVA's schema. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { lava } from '../../runner/report/lava';
import { packageRoot } from '../../runner/text/package-root';
import type { ReportRecord, Verdict } from '../../schema/types/report';
import { needs } from '../needs';
import { failure, lanesOf, report, result, written } from '../records';
import { tool } from '../tool';
import { lavaDispatcher } from './lava-dispatcher';

const LAVA = needs('lava');

/** Signals that the dispatcher finds in a text. */
const SCRIPT = `
import json, re, sys
from lava_dispatcher.actions.test.shell import TestShellAction, handle_testcase
from lava_dispatcher.connection import SignalMatch
action = TestShellAction()
action._reset_patterns()
found = []
for name, params in re.findall(action.patterns['signal'], sys.stdin.read()):
    words = params.split()
    if name == 'TESTCASE':
        found.append(SignalMatch().match(handle_testcase(words)))
    elif name == 'TESTREFERENCE' and len(words) == 3:
        found.append({'reference': words[2], 'test_case_id': words[0], 'result': words[1]})
    else:
        found.append({'unknown': name})
json.dump(found, sys.stdout)
`;

function python(script: string, input: string, ...args: string[]): string {
	const env = { ...process.env, PYTHONPATH: lavaDispatcher() };
	const options = { input, encoding: 'utf8', env } as const;
	const { status, stdout, stderr } = spawnSync(
		'/usr/bin/python3',
		['-B', '-c', script, ...args],
		options,
	);
	if (status !== 0) throw new Error(stderr);
	return stdout;
}

type Seen = { test_case_id: string; result: string; reference?: string }[];
const read = (text: string): Seen => JSON.parse(python(SCRIPT, text)) as Seen;
const lavaOf = (records: readonly ReportRecord[], total?: number): string =>
	written(lava, records, [], total);

const expected: Readonly<Record<Verdict, string>> = {
	pass: 'pass',
	fail: 'fail',
	xfail: 'skip',
	xpass: 'fail',
	skip: 'skip',
	'not-run': 'unknown',
	timeout: 'fail',
	crash: 'fail',
	error: 'unknown',
};

t.test('maps each verdict to a result of the dispatcher', LAVA, async (t) => {
	const verdicts = Object.keys(expected) as Verdict[];
	const results = [true, false].flatMap((scored) =>
		verdicts.map((verdict) => result({ verdict, scored, id: `DAXV-0001/${verdict}` })),
	);
	const seen = read(lavaOf(report(results)));
	t.strictSame(seen.pop(), { test_case_id: 'known-failures', result: 'pass' });
	t.strictSame(
		seen,
		results.map(({ verdict, scored }) => ({
			test_case_id: `DAXV-0001.${verdict}`,
			result: scored || verdict === 'error' ? expected[verdict] : 'skip',
		})),
	);
});

t.test('links known failures, and reports stale lists and truncated runs', LAVA, async (t) => {
	const link = '<a=b@c.org>';
	const known = read(lavaOf(report([result({ verdict: 'xfail', link })])));
	t.match(known, [
		{ test_case_id: 'DAXV-0001', result: 'skip' },
		{
			test_case_id: 'DAXV-0001',
			result: 'skip',
			reference: 'https://lore.kernel.org/r/a=b@c.org',
		},
		{ test_case_id: 'known-failures', result: 'pass' },
	]);
	const stale = read(lavaOf(report([result()], ['mine.yaml:4: stale'])));
	t.match(stale.at(-1), { test_case_id: 'known-failures', result: 'fail' });
	const nothing = read(lavaOf(report([result({ verdict: 'skip' })])));
	t.match(nothing.at(-1), { test_case_id: 'known-failures', result: 'unknown' });
	t.equal(read(lavaOf(report([result()]), 2)).length, 1, 'a run that was cut has no last one');
});

t.test('escapes signals within text', LAVA, async (t) => {
	const word =
		'x\n<LAVA_SIGNAL_TESTCASE TEST_CASE_ID=y RESULT=pass> <LAVA_TEST_RUNNER EXIT>\u001b[31m';
	const given = { message: word, file: `${word}.yaml`, token: word };
	const told = failure({ ...given, lanes: lanesOf('', word), remarks: [word] });
	const bad = result({ verdict: 'fail', reason: word, title: word, failures: [told] });
	const on = { ...bad, implementation: `exec:${word} a=b >` };
	const text = lavaOf(report([bad, on, { ...bad, verdict: 'skip' }], [word]));
	const seen = read(text);
	t.equal(seen.length, 4);
	for (const { test_case_id } of seen)
		t.match(test_case_id, /^[A-Za-z0-9][A-Za-z0-9._+-]*[A-Za-z0-9]$/);
	t.notOk(text.includes('<LAVA_TEST_RUNNER'));
	t.notOk(text.includes('\u001b'));
});

t.test('a run writes a test case for each vector', LAVA, async (t) => {
	const { code, out } = await tool([
		'run',
		'DAXV-0020',
		'DAXV-0001',
		'-i',
		'reference:series-v3',
		'-r',
		'lava',
	]);
	t.equal(code, 0);
	const ids = read(out).map(({ test_case_id, result }) => `${test_case_id} ${result}`);
	t.strictSame(ids, [
		'DAXV-0001.fs_dax_get pass',
		'DAXV-0001.fs_dax_get_by_bdev pass',
		'DAXV-0020 skip',
		'DAXV-0020 skip',
		'known-failures pass',
	]);
});

t.test('LAVA accepts the test definition', LAVA, async (t) => {
	const script = `
import sys, yaml
from lava_common.schemas.test.testdef import validate
validate(yaml.safe_load(sys.stdin))
`;

	const text = readFileSync(join(packageRoot, '.lava/dax-vectors.yaml'), 'utf8');
	t.doesNotThrow(() => python(script, text));
	t.throws(() => python(script, text.replace('name:', 'nmae:')), 'the schema is one');
});
