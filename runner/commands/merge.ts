// SPDX-License-Identifier: MIT
import type { ReportRecord } from '../../schema/types/report';
import { openLibrary } from '../library/library';
import { type ReporterName, reporters } from '../report';
import { openReport, type Report } from '../report/read';
import { exitCode } from '../run/exit-code';
import { footerOf } from '../run/run';
import { UserError } from '../text/user-error';
import { command } from './command';
import { option, UsageError } from './option';

export const merge = command({
	summary: 'join the reports of shards',
	usage: 'FILE... [--reporter NAME]',
	about: [
		'Reads JSON Lines reports of "run --shard I/N --reporter json" and writes them as one report. Refuses what does not',
		'belong together: another version, library, implementation or option, a shard twice or missing, a report that was cut.',
	].join('\n'),
	options: {
		reporter: option.oneOf(Object.keys(reporters) as ReporterName[], {
			short: 'r',
			about: 'format (default: json)',
		}),
	},
	examples: [['dax-vectors merge one.json two.json -r pretty', 'two shards as one report']],

	async run(words, values, terminal) {
		if (words.length < 1) throw new UsageError('merge takes the reports of all shards');
		const reports = words.map(openReport);
		const records = join(reports);
		const { cases } = await openLibrary();
		const total = records.length - 2;
		const reporter = reporters[values.reporter ?? 'json'](terminal, total, cases);
		for (const record of records) reporter.write(record);
		const footer = records.at(-1)!;
		return footer.record === 'footer' ? footer.exit : 2;
	},
});

/** Throws UserError where the reports are not the shards of one run. */
export function join(reports: readonly Report[]): ReportRecord[] {
	const [first] = reports as [Report, ...Report[]];
	const same = ({ header }: Report) =>
		JSON.stringify([
			header.version,
			header.library,
			header.selection,
			header.options,
			header.implementations,
		]);
	for (const report of reports) {
		if (!report.header.shard) refuse(report, 'is no shard: run with --shard I/N');
		if (report.header.shard!.of !== first.header.shard!.of) refuse(report, 'counts other shards');
		if (same(report) !== same(first))
			refuse(
				report,
				`has another version, library, selection, implementation or option than ${first.file}`,
			);
	}
	const { of } = first.header.shard!;
	for (let index = 1; index <= of; index++) {
		const [one, another] = reports.filter(({ header }) => header.shard!.index === index);
		if (!one) throw new UserError(`shard ${index}/${of} is missing`);
		if (another) refuse(another, `is shard ${index}/${of}, like ${one.file}`);
	}
	// A vector is in one shard with all its variants, which keep their order.
	const results = reports
		.flatMap((report) => report.results)
		.sort((a, b) => (a.vector < b.vector ? -1 : a.vector > b.vector ? 1 : 0));
	const problems = [...new Set(reports.flatMap(({ footer }) => footer.problems))];
	const header = { ...first.header, shard: null };
	return [header, ...results, footerOf(results, problems, exitCode(results, problems))];
}

function refuse({ file }: Report, why: string): never {
	throw new UserError(`${file} ${why}`);
}
