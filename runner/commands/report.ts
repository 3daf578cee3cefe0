// SPDX-License-Identifier: MIT
import type { ReportRecord } from '../../schema/types/report';
import { type ReporterName, reporters } from '../report';
import { diffReports, diffText } from '../report/diff-reports';
import { CONFORMS } from '../report/exit-codes';
import { page } from '../report/html/page';
import { jsonLine } from '../report/json';
import { join } from '../report/merge';
import { openReport, type Report } from '../report/read';
import { statements } from '../report/statement';
import { exitCode } from '../run/exit-code';
import { footerOf } from '../run/run';
import type { Terminal } from '../text/terminal';
import { command } from './command';
import { option, UsageError, type Values } from './option';
import { openOwnLibrary } from './vector-words';

const options = {
	reporter: option.oneOf(Object.keys(reporters) as ReporterName[], {
		short: 'r',
		about: 'format',
	}),
	counts: option.flag({ about: 'with diff: numbers of traces are changes too' }),
};

export const report = command({
	summary: 'turn reports into a page, a comparison, one report or a statement',
	usage: 'html|diff|merge|statement FILE... [--reporter NAME] [--counts]',
	about: [
		'Reads JSON Lines reports of "run --reporter json" and writes to stdout:',
		'',
		'  html FILE...       one page for a browser: vectors by implementations, their meaning and sources, the outcomes',
		'                     seen, and every failing interleaving to step through. It loads nothing from the network.',
		'  diff BEFORE AFTER  changes by id and implementation: verdicts, outcomes, extent, failing expectations. Exits 1',
		'                     when a scored result was green and is not any more; an open vector that fails now is named,',
		'                     never scored. Two reports about one implementation each are compared whatever its address is,',
		'                     such as those of two kernel trees.',
		'  merge FILE...      the reports of all shards ("run --shard I/N") as one. Refuses a shard that is missing, twice,',
		'                     cut, or of another run. Exits as one run would.',
		'  statement FILE     a conformance statement of 72 columns for each implementation, to paste into a mail. It never',
		'                     claims "conforms" for a part of the library or of the interleavings. Exits as the run did.',
	].join('\n'),
	options,
	examples: [
		[
			'dax-vectors report html <(dax-vectors run -i reference:series-v3 -r json)',
			'a page of series V3',
		],
		[
			'dax-vectors report diff <(dax-vectors run -i reference:v7.1 -r json) <(dax-vectors run -r json)',
			'changes since v7.1',
		],
		['dax-vectors report merge one.jsonl two.jsonl -r pretty', 'two shards joined'],
		['dax-vectors report statement run.jsonl', 'a summary for a mail'],
	],

	async run([verb = '', ...files], values, terminal) {
		const write = Object.hasOwn(verbs, verb) ? verbs[verb as keyof typeof verbs] : undefined;
		if (!write)
			throw new UsageError(
				`report takes one of ${Object.keys(verbs).join(', ')}, then reports of "run --reporter json"`,
			);
		if (values.counts && verb !== 'diff')
			throw new UsageError(`--counts belongs to report diff: report ${verb} goes without it`);
		return write(files, values, terminal);
	},
});

type Given = Values<typeof options>;
type Write = (files: readonly string[], given: Given, terminal: Terminal) => Promise<number>;

const verbs = { html, diff, merge, statement } satisfies Record<string, Write>;

async function html(
	files: readonly string[],
	{ reporter }: Given,
	terminal: Terminal,
): Promise<number> {
	refuseReporter('html', reporter);
	const reports = openAll('html', files);
	const { cases } = await openOwnLibrary(terminal);
	terminal.out(page(reports, cases).trimEnd());
	return CONFORMS;
}

async function diff(
	[before, after, ...more]: readonly string[],
	{ reporter, counts }: Given,
	{ out, colors }: Terminal,
): Promise<number> {
	if (before === undefined || after === undefined || more.length > 0)
		throw new UsageError('report diff takes two reports: BEFORE AFTER');
	if (reporter !== undefined && reporter !== 'pretty' && reporter !== 'json')
		throw new UsageError('report diff takes --reporter pretty or json');
	const found = diffReports(openReport(before), openReport(after), { counts });
	for (const line of reporter === 'json' ? [jsonLine(found)] : diffText(found, colors)) out(line);
	return found.exit;
}

async function merge(
	files: readonly string[],
	{ reporter }: Given,
	terminal: Terminal,
): Promise<number> {
	const reports = openAll('merge', files);
	const { header, results, problems } = join(reports);
	const { cases } = await openOwnLibrary(terminal);
	const exit = exitCode(results, problems);
	const records: ReportRecord[] = [header, ...results, footerOf(results, [...problems], exit)];
	const writer = reporters[reporter ?? 'json'](terminal, results.length, cases);
	for (const record of records) writer.write(record);
	return exit;
}

async function statement(
	[file, ...more]: readonly string[],
	{ reporter }: Given,
	{ out }: Terminal,
): Promise<number> {
	refuseReporter('statement', reporter);
	if (file === undefined || more.length > 0)
		throw new UsageError('report statement takes one report of "run --reporter json"');
	const report = openReport(file);
	for (const line of statements(report).join('\n\n').split('\n')) out(line);
	return report.footer.exit;
}

function openAll(verb: string, files: readonly string[]): [Report, ...Report[]] {
	const [first, ...others] = files;
	if (first === undefined)
		throw new UsageError(`report ${verb} takes reports of "run --reporter json"`);
	return [openReport(first), ...others.map(openReport)];
}

function refuseReporter(verb: string, reporter: ReporterName | undefined): void {
	if (reporter !== undefined)
		throw new UsageError(`report ${verb} has one format: leave --reporter out`);
}
