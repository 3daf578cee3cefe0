// SPDX-License-Identifier: MIT
/** JSON reports, validated by their schema. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { KnownFailureList } from '../../runner/known-failures/list';
import { validator } from '../../runner/library/schemas';
import { json } from '../../runner/report/json';
import { inProcess } from '../../runner/run/in-process';
import { run } from '../../runner/run/run';
import type { Footer, Header, ReportRecord, Result } from '../../schema/types/report';
import { caseOf, library, OPTIONS, reference } from '../cases';
import { failure, race, result, written } from '../records';
import { toolHere } from '../tool';

const valid = validator('report');
const valids = (line: string): boolean => valid(JSON.parse(line));

async function recordsOf(
	names: readonly string[],
	ids?: readonly string[],
	options: Partial<typeof OPTIONS> = {},
): Promise<ReportRecord[]> {
	const cases = ids ? await Promise.all(ids.map(caseOf)) : await library();
	const records: ReportRecord[] = [];
	const decider = inProcess({ ...OPTIONS, ...options });
	const plan = {
		implementations: names.map(reference),
		cases,
		library: await library(),
		decider: () => decider,
		knownFailures: ({ target }: { target: string }) => KnownFailureList.of(target),
		options: { ...OPTIONS, ...options },
	};
	for await (const record of run(plan)) records.push(record);
	return records;
}

t.test('writes a valid report of several revisions', async (t) => {
	const names = ['v6.0', 'series-v3', 'v7.3'];
	const records = await recordsOf(names);
	const lines = written(json, records).trimEnd().split('\n');
	t.equal(lines.length, records.length, 'a line a record');
	for (const line of lines)
		if (!valids(line)) t.fail(`${line.slice(0, 100)}: ${valid.errors?.[0]?.message}`);

	const read = lines.map((line) => JSON.parse(line) as ReportRecord);
	t.strictSame(read, JSON.parse(JSON.stringify(records)), 'nothing is lost');
	const header = read[0] as Header;
	const footer = read.at(-1) as Footer;
	const results = read.slice(1, -1) as Result[];
	t.equal(header.record, 'header');
	t.strictSame(
		header.implementations.map(({ target }) => target),
		names,
	);
	t.ok(
		results.every(({ record }) => record === 'result'),
		'nothing else in between',
	);
	t.match(footer, { record: 'footer', results: results.length, exit: 0 });
	t.strictSame(footer.problems, []);
	t.equal(results.length, (await library()).length * 3, 'every case on every revision');
	const sum = Object.values(footer.counts).reduce((total, count) => total + count, 0);
	t.equal(sum, results.length, 'the counts add up');
	t.equal(footer.counts.open, results.filter(({ scored }) => !scored).length);
	t.ok(
		results.some(({ races }) => races.length > 1),
		'data races are among them',
	);
	t.ok(
		results.some(({ failures }) => failures.length > 1),
		'failures are among them',
	);
});

t.test('states options and completeness', async (t) => {
	const ids = ['DAXV-0001/fs_dax_get', 'DAXV-0020'];
	const reports = {
		bounded: await recordsOf(['merged'], ids, { preemptions: 0 }),
		driven: await recordsOf(['merged'], ids, { order: 'named' }),
		partial: await recordsOf(['merged'], ids, { budget: 2 }),
		exhaustive: await recordsOf(['merged'], ids),
	};
	for (const [kind, records] of Object.entries(reports)) {
		for (const line of written(json, records).trimEnd().split('\n')) t.ok(valids(line), kind);
		t.match(records[1], { completeness: { kind } }, kind);
	}
	t.match(reports.bounded[0], { options: { strategy: 'bounded', preemptions: 0 } });
	t.match(reports.bounded[1], { completeness: { preemptions: 0 } });
	t.match(reports.driven[0], { options: { order: 'named' } });
	t.match(reports.partial[0], { options: { budget: 2 } });
});

t.test('a record is one line of printable ASCII', async (t) => {
	const text = 'a\nb\r\u0085\u2028\u2029\u001b[2J\u009b31m\u202e\u{e0001}"\\';
	const hostile = result({ verdict: 'fail', reason: text, failures: [failure({ message: text })] });
	const line = written(json, [hostile]);
	t.match(line, /^[ -~]+\n$/);
	t.strictSame(JSON.parse(line), hostile);
});

t.test('the schema refuses malformed records', async (t) => {
	const [header, result, footer] = await recordsOf(
		['v6.12-stable'],
		['DAXV-0001/fs_dax_get_by_bdev'],
	);
	const refused = (record: object, change: object, what: string) =>
		t.notOk(valid({ ...record, ...change }), what);
	refused(result!, { verdict: 'fine' }, 'an unknown verdict');
	refused(result!, { vector: 'DAXV-1' }, 'a malformed id');
	refused(result!, { note: '' }, 'a key too many');
	refused(result!, { reason: undefined }, 'a key too few');
	refused(result!, { races: undefined }, 'no data races');
	refused(result!, { races: [{ ...race(), second: undefined }] }, 'half a data race');
	for (const format of [1, 2, 4]) refused(header!, { format }, `format ${format}`);
	refused(footer!, { exit: '0' }, 'a number as text');
});

t.test('every command that reads reports refuses another format', async (t) => {
	const first = readFileSync('test/fixtures/reports/format-1.json', 'utf8');
	const folder = t.testdir();
	const fileOf = (format: number): string => {
		const file = join(folder, `format-${format}.json`);
		writeFileSync(file, first.replace('"format":1', `"format":${format}`));
		return file;
	};
	for (const [format, todo] of [
		[1, 'make it again: dax-vectors run --reporter json'],
		[2, 'make it again: dax-vectors run --reporter json'],
		[4, 'update dax-vectors'],
	] as const) {
		const file = fileOf(format);
		for (const words of [
			['diff', file, file],
			['merge', file],
			['html', file],
			['statement', file],
		]) {
			const { code, out, err } = await toolHere(['report', ...words]);
			t.match({ code, out }, { code: 128, out: '' }, words.join(' '));
			t.equal(
				err,
				`dax-vectors: ${file}: is a report of format ${format}, written by dax-vectors 0.1.0, and this one reads format 3: ${todo}\n`,
			);
		}
	}
});
