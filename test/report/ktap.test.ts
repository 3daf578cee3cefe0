// SPDX-License-Identifier: MIT
/** KTAP, read by tools/testing/kunit of Debian's kernel source. */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { ktap } from '../../runner/report/ktap';
import type { ReportRecord } from '../../schema/types/report';
import fc from '../fast-check';
import { debianTree } from '../native/debian';
import { needs, willRun } from '../needs';
import { eachVerdict, failure, lanesOf, report, result, VERDICTS, written } from '../records';

const kunit = willRun('kernel source') ? join(debianTree('6.12'), 'tools/testing/kunit') : '';
const folder = t.testdir();

interface Reading {
	readonly status: string;
	readonly counts: Record<'passed' | 'failed' | 'crashed' | 'skipped' | 'errors', number>;
	readonly tests: readonly { name: string; status: string }[];
}

/** Reads many streams in one process, because Python starts slowly. */
const SCRIPT = `
import io, json, sys
sys.path.insert(0, sys.argv[1])
# It keeps the stream that it finds when it is loaded.
sys.stdout = io.StringIO()
import kunit_parser
readings = []
for text in json.load(sys.stdin):
    # Lines as "kunit.py parse" cuts them.
    test = kunit_parser.parse_run_tests(text.splitlines())
    readings.append({
        'status': test.status.name,
        'counts': vars(test.counts),
        'tests': [{'name': t.name, 'status': t.status.name} for t in test.subtests],
    })
json.dump(readings, sys.__stdout__)
`;

const KUNIT = needs('python3', 'kernel source');

function read(texts: readonly string[]): Reading[] {
	const options = { input: JSON.stringify(texts), encoding: 'utf8', maxBuffer: 2 ** 28 } as const;
	const { status, stdout, stderr } = spawnSync('python3', ['-B', '-c', SCRIPT, kunit], options);
	if (status !== 0) throw new Error(stderr);
	return JSON.parse(stdout) as Reading[];
}

const ktapOf = (records: readonly ReportRecord[], total?: number): string =>
	written(ktap, records, [], total);
const readOne = (text: string): Reading => read([text])[0]!;

t.test('maps each verdict, scored and open, to a line', KUNIT, async (t) => {
	const results = eachVerdict();
	const text = ktapOf(report(results));
	t.match(text, /^KTAP version 1\n1\.\.19\nok 1 DAXV-0001\/pass\n/, 'the plan comes first');
	t.match(text, /^ok 3 DAXV-0001\/xfail # XFAIL known failure: because of xfail$/m);
	t.match(text, /^ok 5 DAXV-0001\/skip # SKIP because of skip$/m);
	t.match(text, /^not ok 7 DAXV-0001\/timeout # TIMEOUT because of timeout$/m);
	t.match(text, /^not ok 6 DAXV-0001\/not-run # ERROR not-run: because of not-run$/m);
	t.match(text, /^ok 11 DAXV-0001\/fail # SKIP open, not scored: fail$/m);
	const linked = (link: string) =>
		ktapOf(report([result({ verdict: 'xfail', reason: 'why', link })]));
	t.match(
		linked('commit 7a6db2eb6d5d ("dax: fix it # twice")'),
		/^ok 1 DAXV-0001 # XFAIL https:\/\/git\.kernel\.org\/torvalds\/c\/7a6db2eb6d5d why$/m,
	);
	t.match(
		linked('<a/b#c=d+e@f.com>'),
		/^ok 1 DAXV-0001 # XFAIL https:\/\/lore\.kernel\.org\/r\/a%2Fb%23c=d\+e@f\.com why$/m,
	);
	const { status, counts, tests } = readOne(text);
	t.equal(status, 'FAILURE');
	// Passed: pass, xfail and the list. Skipped: skip and open vectors, but not error.
	t.match(counts, { passed: 3, failed: 7, skipped: 9, crashed: 0, errors: 0 });
	t.strictSame(
		tests.map(({ name }) => name),
		[...results.map(({ id }) => id), 'known-failures'],
	);
});

t.test('kunit.py parse concludes what the exit code states', KUNIT, async (t) => {
	const some = fc.array(
		fc.record({ verdict: fc.constantFrom(...VERDICTS), scored: fc.boolean() }),
		{ minLength: 1, maxLength: 6 },
	);
	const given = fc.sample(fc.tuple(some, fc.boolean(), fc.boolean()), 400);
	const reports = given.map(([results, stale, cut]) => {
		const records = report(results.map(result), stale ? ['a list\nis stale'] : []);
		return { exit: (records.at(-1) as { exit: number }).exit, cut, records };
	});
	const texts = reports.map(({ records, cut }) =>
		ktapOf(records, records.length - 2 + Number(cut)),
	);
	const readings = read(texts);
	const wrong = reports.filter(({ exit, cut }, index) => {
		const conforms = exit === 0 && !cut;
		const { status, counts } = readings[index]!;
		return (status === 'SUCCESS') !== conforms || (!cut && counts.errors > 0);
	});
	t.strictSame(wrong, []);
});

t.test('kunit.py parse reads the output of a run', KUNIT, async (t) => {
	const file = join(folder, 'report.ktap');
	const parse = (records: readonly ReportRecord[]) => {
		writeFileSync(file, ktapOf(records));
		const args = ['-B', join(kunit, 'kunit.py'), 'parse', '--json', file];
		return spawnSync('python3', args, { encoding: 'utf8' });
	};
	const skip = result({ verdict: 'skip' });
	const good = parse(report([result(), result({ verdict: 'xfail' }), skip]));
	t.match(good, { status: 0, stdout: /Ran 4 tests: passed: 3, skipped: 1$/m });
	const bad = parse(report([result(), result({ verdict: 'fail', failures: [failure()] })]));
	t.match(bad, { status: 1, stdout: /Ran 3 tests: passed: 2, failed: 1$/m });
	t.match(bad.stdout, /ops is null at the end, expected B\n/, 'the story is shown');
	const stale = parse(report([result()], ['mine.yaml:4: stale']));
	t.match(stale, { status: 1, stdout: /\[FAILED\] known-failures$/m });
	t.match(stale.stdout, /mine\.yaml:4: stale/);
});

t.test('escapes KTAP within text', KUNIT, async (t) => {
	const words = [
		'# SKIP',
		'a # TODO b',
		'x\nnot ok 9 y',
		'Subtest: mine',
		'KTAP version 1',
		'1..9',
		'ok 1 name',
		'reboot: System halted',
		'List of all partitions:',
		'Kernel panic - not syncing: VFS: Unable to mount root fs',
		'\u001b[31mred\u0085\u2028\u2029\v\f\u001c',
		'$& $1',
		'- dash',
	];
	const texts = words.map((word) => {
		const text = { message: word, file: `${word}.yaml`, token: word };
		const told = failure({ ...text, lanes: lanesOf('', word), remarks: [word] });
		const bad = result({ verdict: 'fail', reason: word, title: word, failures: [told] });
		const skipped = result({ verdict: 'skip', reason: word });
		const crash = result({ verdict: 'crash', reason: word, implementation: word });
		const list = [bad, skipped, { ...bad, verdict: 'xfail' as const }, crash];
		return ktapOf(report(list, [word]));
	});
	for (const [index, { counts }] of read(texts).entries()) {
		const name = encodeURIComponent(words[index]!);
		t.strictSame(counts, { passed: 1, failed: 3, crashed: 0, skipped: 1, errors: 0 }, name);
		// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
		t.notMatch(texts[index], /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029]/, name);
		for (const line of texts[index]!.trimEnd().split('\n').slice(2))
			t.match(line, /^(#( {3}|$)|(not )?ok \d)/, name);
	}
});

t.test('names implementations, and a truncated stream does not pass', KUNIT, async (t) => {
	const on = (implementation: string) => result({ implementation });
	const text = ktapOf(report([on('reference'), on('reference:series-v3'), on('native')]));
	const names = readOne(text).tests.map(({ name }) => name);
	t.strictSame(names.slice(0, 2), ['DAXV-0001 reference', 'DAXV-0001 reference:series-v3']);
	const lines = text.trimEnd().split('\n');
	const cut = lines.slice(2).map((_, index) => `${lines.slice(0, 2 + index).join('\n')}\n`);
	for (const [index, { status }] of read(cut).entries())
		t.not(status, 'SUCCESS', `${index} results`);
	const interrupted = report([on('reference')]);
	const footer = { ...interrupted.pop()!, exit: 130 } as ReportRecord;
	t.equal(readOne(ktapOf([...interrupted, footer])).status, 'TEST_CRASHED', 'Ctrl-C');
});
