// SPDX-License-Identifier: MIT
/** Output of the reporter pretty. */
import t from 'tap';
import type { Execution } from '../../implementations/implementation';
import { decide } from '../../runner/decide/decide';
import { diagram, failureDiagram } from '../../runner/diagram/columns';
import { pretty } from '../../runner/report/pretty';
import type { Result } from '../../schema/types/report';
import { altered } from '../bad-implementations/bad';
import { caseOf, decideOn, OPTIONS } from '../cases';
import { failure, header, lanesOf, race, report, result, written } from '../records';

/** Characters that a line must not hold. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const UNSAFE = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028-\u202e]/;
const HOSTILE = '\u001b[2J\u009b31m\rred\u202e';

t.test('a failure has its expectation, interleaving and replay command', async (t) => {
	const test = await caseOf('DAXV-0001/fs_dax_get_by_bdev');
	const text = written(pretty, report([await decideOn(test, 'v6.12-stable')]), [test]);
	t.match(text, /^FAIL {4}DAXV-0001\/fs_dax_get_by_bdev {2}A claim that races/m);
	t.match(text, /\(exhaustive, 4 traces\)$/m);
	t.match(text, /^ {4}ops is null at the end, expected B$/m);
	t.match(text, /^ {4}vectors\/claim\/DAXV-0001\.yaml:\d+: outcomes\/claimed\/device\/ops$/m);
	t.match(text, /^ {6}device: \{ ?alive: true, holder: B, ops: B ?\}$/m, 'the line itself');
	t.match(text, /^release +claim$/m);
	t.match(text, /^ {2}holder_ops B -> NULL \(plain\)$/m);
	t.match(text, /in 1 of 4 traces, the shortest with 1 preemption$/m);
	t.match(text, /dax-vectors replay dv1\.0001\.\S+@v6\.12-stable$/m);
	t.match(text, /^ {4}lost-update: the new holder is registered/m, 'what it means');
	t.match(text, /^does not conform: DAXV-0001$/m);
	t.match(text, /^What must hold, and who said so:\n {2}.* show DAXV-0001 -i \S+$/m);
	t.match(text, /\njudged: \S+, .*\n$/);
});

t.test('each verdict has its reason', async (t) => {
	const say = (given: Partial<Result>) => written(pretty, report([result(given)]));
	t.match(
		say({ verdict: 'skip', reason: 'no fs_dax_get()' }),
		/^1 does not apply: no fs_dax_get\(\)$/m,
	);
	t.match(say({ verdict: 'not-run', reason: 'too much' }), /^1 not decided: DAXV-0001: too much$/m);
	t.match(say({ verdict: 'error', reason: 'broken' }), /^ERROR .*\n {4}broken$/m);
	t.match(say({ scored: false }), /^1 open, not scored: 1 hold$/m);
	t.match(
		say({ scored: false }),
		/^DAXV-0001 is open, so it is not scored; .*:\n {2}.* run DAXV-0001 --open/m,
	);
	const completeness = { kind: 'driven', traces: 1, executions: 1, preemptions: null } as const;
	const unscheduled = [failure({ preemptions: null })];
	const driven = say({ verdict: 'fail', failures: unscheduled, completeness });
	t.match(driven, /^ {4}as the order was driven$/m);
	t.match(say({ verdict: 'fail', failures: unscheduled }), /^ {4}in 1 of 1 behaviours$/m);
	t.match(say({}), /^1 passes, in every interleaving \(exhaustive, 1 trace\)\n\nconforms$/m);
	t.match(written(pretty, report([result()]), [], 3), /^1 of 3 were decided$/m);
	const all = written(pretty, report([result()]), [], 1, { all: true });
	t.match(all, /^PASS {4}DAXV-0001 {2}A title of some length {2}\(exhaustive, 1 trace\)$/m);
});

const NOTE =
	'note: data race on holder_ops: fs_put_dax() writes plainly (super.c:119), ' +
	'dax_holder_notify_failure() reads marked';

t.test('data races are notes when few vectors are shown', async (t) => {
	const racing = result({ races: [race(), race({ object: 'flags' })] });
	const lines = written(pretty, report([racing])).split('\n');
	const line = lines.findIndex((each) => each.startsWith('1 passes'));
	t.strictSame(lines.slice(line + 1, line + 3), [NOTE, NOTE.replace('holder_ops', 'flags')]);
	t.ok(lines.includes('conforms'));
	t.notMatch(lines.join('\n'), 'to see them', 'no summary of data races');

	const failing = { ...racing, verdict: 'fail' as const, failures: [failure()] };
	const shown = written(pretty, report([failing]));
	t.match(
		shown,
		new RegExp(`replay dv1[\\s\\S]*${NOTE.replace(/[()]/g, '\\$&')}`),
		'after the failure',
	);
});

t.test('data races are counted when many vectors are shown', async (t) => {
	const ids = ['DAXV-0001/fs_dax_get', 'DAXV-0001/fs_dax_get_by_bdev', 'DAXV-0020', 'DAXV-0031'];
	const cases = await Promise.all([...ids, 'DAXV-0032'].map(caseOf));
	const results = cases.map(({ id, vector }, index) =>
		result({ id, vector: vector.id, races: index < 3 ? [race()] : [] }),
	);
	const text = written(pretty, report(results), cases);
	t.notMatch(text, 'data race on');
	t.match(text, /^note: 2 vectors have data races: .*--reporter json/m);
	const [first, ...others] = results;
	const one = [first!, ...others.map((each) => ({ ...each, races: [] }))];
	t.match(written(pretty, report(one), cases), /^note: 1 vector has data races: /m);
	const none = results.map((each) => ({ ...each, races: [] }));
	t.notMatch(written(pretty, report(none), cases), 'note');
	const two = results.flatMap((each) => [each, { ...each, implementation: 'reference:series-v3' }]);
	t.notMatch(written(pretty, report(two), cases), 'data race', 'nothing in a table');
});

t.test('replaces control characters of a report', async (t) => {
	const bad = result({
		title: HOSTILE,
		reason: HOSTILE,
		failures: [failure({ message: HOSTILE, lanes: lanesOf(HOSTILE), remarks: [HOSTILE] })],
		races: [race({ object: HOSTILE, second: { ...race().second, source: HOSTILE } })],
	});
	for (const verdict of ['fail', 'xfail', 'skip', 'error'] as const) {
		t.notMatch(written(pretty, report([{ ...bad, verdict }])), UNSAFE, verdict);
		const two = [
			{ ...bad, verdict },
			{ ...bad, verdict, implementation: 'reference:series-v3' },
		];
		const cases = [await caseOf('DAXV-0001/fs_dax_get')];
		t.notMatch(written(pretty, report(two), cases), UNSAFE, `${verdict} in a table`);
	}
	const hostile = header();
	hostile.implementations[0]!.description = HOSTILE;
	t.notMatch(written(pretty, [hostile]), UNSAFE, 'the description of an implementation');
});

t.test('replaces control characters of an implementation', async (t) => {
	const test = await caseOf('DAXV-0030');
	const hostile = altered((execution) => {
		for (const event of execution.events)
			Object.assign(event, { object: event.object.replace('dax_srcu', HOSTILE), source: HOSTILE });
		for (const each of execution.results) each.value = HOSTILE;
	});
	const decided = await decide(test, hostile, OPTIONS);
	t.equal(decided.verdict, 'fail');
	t.match(failureDiagram(decided.failures[0]!).join('\n'), 'red', 'it is in the diagram');
	const text = written(pretty, report([decided]), [test]);
	t.notMatch(text, UNSAFE);
	const execution = structuredClone(await hostile.execute(test.program, [[]]))[0] as Execution;
	for (const line of diagram(test.program, execution)) t.match(line, /^[ -~]*$/, line);
});

t.test('failures of one cause are explained once, with the other vectors that fail', async (t) => {
	const ids = ['DAXV-0001/fs_dax_get_by_bdev', 'DAXV-0002', 'DAXV-0056', 'DAXV-0013', 'DAXV-0058'];
	const cases = await Promise.all(ids.map(caseOf));
	const results = await Promise.all(cases.map((test) => decideOn(test, 'v6.12-stable')));
	const text = written(pretty, report(results), cases);
	t.strictSame(
		text.match(/^FAIL .{9}|also fails .*$/gm)?.map((line) => line.replace(/FAIL +/, '')),
		['DAXV-0001', 'also fails 0002, 0056', 'DAXV-0013', 'DAXV-0058'].map((line) =>
			line.slice(0, line.startsWith('DAXV') ? 6 : undefined),
		),
	);
	t.match(text, /^does not conform: DAXV-0001, 0002, 0013, 0056, 0058$/m);
});

t.test('failures that releases have as well are named with these releases', (t) => {
	const bad = result({ verdict: 'fail', failures: [failure()] });
	const knownOn = () => ({ releases: ['v6.1', 'v7.3'], reason: 'it claims too late' });
	const text = written(pretty, report([bad]), [], 1, { knownOn });
	t.match(text, /^ {2}DAXV-0001: known in v6\.1, v7\.3 as well: it claims too late$/m);
	t.notMatch(written(pretty, report([bad])), 'known in');
	t.end();
});

t.test('known failures are never behind a bare "conforms"', (t) => {
	const known = result({ verdict: 'xfail', reason: 'it claims too late', failures: [failure()] });
	const one = written(pretty, report([known]));
	t.match(one, /^1 fails as known: DAXV-0001: it claims too late$/m);
	const two = written(pretty, report([known, { ...known, implementation: 'reference:v7.1' }]));
	for (const text of [one, two]) {
		t.match(text, /^conforms, apart from what is known: 1 vector fails as listed, none is new$/m);
		t.match(text, /^To check a kernel tree:\n {2}.* run PATH\/TO\/LINUX$/m);
	}
	t.end();
});

t.test('a table has its legend first, and scored vectors before open ones', async (t) => {
	const cases = await Promise.all(['DAXV-0014', 'DAXV-0020'].map(caseOf));
	const results = cases.flatMap(({ id, vector }) =>
		['reference', 'reference:v7.1'].map((implementation) =>
			result({ id, implementation, scored: vector.status === 'normative' }),
		),
	);
	const lines = written(pretty, report(results), cases).split('\n');
	t.match(lines[0], /^\.: passes\./);
	const row = (id: string) => lines.findIndex((line) => line.startsWith(id));
	t.ok(row('DAXV-0020') < row('DAXV-0014'));
	t.match(lines.at(-2), /^judged: reference, reference:v7\.1$/);
});
