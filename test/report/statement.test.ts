// SPDX-License-Identifier: MIT
/** Claims of a conformance statement. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { readReport } from '../../runner/report/read';
import { statements } from '../../runner/report/statement';
import { wrap } from '../../runner/text/wrap';
import type { Header, ReportRecord, Result } from '../../schema/types/report';
import { needs } from '../needs';
import { report, result, VERDICTS } from '../records';
import { tool, toolHere } from '../tool';

const folder = t.testdir();

const read = (records: readonly ReportRecord[]) =>
	readReport('run.jsonl', Buffer.from(records.map((each) => JSON.stringify(each)).join('\n')));

/** Statement about results. */
function stated(results: readonly Result[], head: Partial<Header> = {}, problems: string[] = []) {
	const [header, ...rest] = report(results, problems);
	const found = statements(read([{ ...(header as Header), ...head }, ...rest]));
	return found.join('\n\n');
}

/** Result line of a statement. */
const concluded = (...given: Parameters<typeof stated>): string =>
	/^Result: +(.*(\n {16}.*)*)/m.exec(stated(...given))![1]!.replace(/\n +/g, ' ');

t.test('the result line follows the worst scored verdict', async (t) => {
	const of = (...verdicts: Result['verdict'][]) =>
		concluded(verdicts.map((verdict, index) => result({ verdict, id: `DAXV-000${index}` })));
	t.equal(of('pass'), 'conforms');
	t.equal(of('pass', 'skip'), 'conforms');
	t.equal(of('pass', 'xfail'), 'conforms, but for 1 known failure');
	t.equal(of('pass', 'xfail', 'xfail'), 'conforms, but for 2 known failures');
	t.equal(of('xfail'), 'fails whatever applies, as known');
	t.equal(of('skip'), 'could not be decided: nothing that is scored applies');
	for (const verdict of ['fail', 'timeout', 'crash'] as const)
		t.equal(of('pass', verdict), 'does not conform', verdict);
	t.equal(of('pass', 'not-run'), 'could not be decided');
	t.equal(of('pass', 'error'), 'harness error: nothing can be said');
	t.equal(of('pass', 'xpass'), 'the list of known failures is stale');
	t.equal(concluded([result()], {}, ['stale']), 'the list of known failures is stale');
	const open = [result(), result({ id: 'DAXV-0002', verdict: 'fail', scored: false })];
	t.equal(concluded(open), 'conforms', 'open vectors are not scored');
});

t.test('a run of a part of the library never conforms', async (t) => {
	const { options } = report([result()])[0] as Header;
	const selection = { profile: null, ids: [], tags: [] };
	const part = 'passes what was asked, which is not everything';
	const ids = { selection: { ...selection, ids: ['DAXV-0001'] } };
	t.equal(concluded([result()], ids), part);
	t.match(
		stated([result()], ids),
		/^Vectors: +part of the whole library \(DAXV-0001\): 1 vector,/m,
	);
	t.equal(concluded([result()], { selection: { ...selection, tags: ['race'] } }), part);
	t.equal(concluded([result()], { options: { ...options, order: 'named' } }), part);
	t.equal(concluded([result()], { options: { ...options, preemptions: 2 } }), part);
	const profile = { selection: { ...selection, profile: '1.0' } };
	t.equal(concluded([result()], profile), 'conforms');
	t.match(stated([result()], profile), /^Vectors: +profile 1\.0: 1 vector, 1 with variants$/m);
	t.throws(() => stated([result()], { shard: { index: 1, of: 3 } }), /shard 1 of 3: join all/);
	const [header, only, footer] = report([result()]);
	t.throws(
		() => statements(read([header!, only!, { ...footer!, exit: 130 } as ReportRecord])),
		/was interrupted: run it again/,
	);
});

t.test('prints one statement of at most 72 columns for each implementation', async (t) => {
	const long = 'a reason that goes on and on, '.repeat(9);
	const results = ['reference', 'native:/a/tree'].flatMap((implementation) =>
		VERDICTS.filter((verdict) => verdict !== 'error').map((verdict, index) =>
			result({ implementation, verdict, reason: `${verdict} ${long}`, id: `DAXV-000${index}` }),
		),
	);
	const text = stated(results, {}, [long]);
	for (const line of text.split('\n')) t.ok(line.length <= 72, line);
	t.equal(text.match(/^dax-vectors conformance statement$/gm)!.length, 2);
	t.match(text, /^Target: +native:\/a\/tree$/m);
	t.match(text, /^ {2}DAXV-0007\n {6}crash: crash a reason/m);
	const hostile = stated([result({ verdict: 'fail', reason: '\u001b[31m' })]);
	t.notOk(hostile.includes('\u001b'));
	t.strictSame(wrap('a bb ccc dddddddd e', 4), ['a bb', 'ccc', 'dddddddd', 'e']);
});

t.test('the command names target, compiler, extent and known failures', needs('cc'), async (t) => {
	const file = join(folder, 'run.jsonl');
	const run = ['run', '--profile', '1.0', '-i', 'reference:v6.12-stable', '-i', 'native'];
	const { code, out } = await tool([...run, '-r', 'json']);
	writeFileSync(file, out);
	const statement = await toolHere(['report', 'statement', file]);
	t.equal(statement.code, code, 'exit code of the run');
	t.match(statement.out, /^Target: +reference:v6\.12-stable$/m);
	t.match(statement.out, /^Revision: +v6\.12-stable$/m);
	t.match(statement.out, /^Compiler: +none: it is a model$/m);
	t.match(statement.out, /^Compiler: +\S*cc .*\d+\.\d+/m);
	t.match(statement.out, /^Vectors: +profile 1\.0: \d+ vectors, \d+ with variants$/m);
	t.match(statement.out, /^Explored: +every interleaving: \d+ \([\d,]+ traces\)/m);
	t.match(statement.out, /^Date: +\d{4}-\d\d-\d\d \d\d:\d\d UTC$/m);
	t.match(statement.out, /^Known failures:\n {2}DAXV-0001\/fs_dax_get_by_bdev, /m);
	t.match(await toolHere(['report', 'statement']), {
		code: 129,
		err: /report statement takes one report/,
	});
});
