// SPDX-License-Identifier: MIT
import { openReport } from '../report/read';
import { statements } from '../report/statement';
import { command } from './command';
import { UsageError } from './option';

export const statement = command({
	summary: 'say what a report says, to paste into a mail',
	usage: 'REPORT',
	about: [
		'Reads a JSON report and prints a conformance statement of 72 columns for each implementation: target, revision,',
		'compiler, profile, counts, how much was explored, what fails and what is known to, with the date of the run. It',
		'claims no more than was asked: of some ids, of --preemptions or of --order named it never says "conforms".',
		'',
		'A report of a shard, or of a run that was interrupted, is refused. Exits as the run did.',
	].join('\n'),
	options: {},
	examples: [
		['dax-vectors run --profile 1.0 -i native:. -r json > run.json', 'a report'],
		['dax-vectors statement run.json', 'what it says'],
	],

	async run(words, _values, { out }) {
		if (words.length !== 1) throw new UsageError('statement takes one report: see run -r json');
		const report = openReport(words[0]!);
		for (const [index, lines] of statements(report).entries()) {
			if (index > 0) out('');
			for (const line of lines) out(line);
		}
		return report.footer.exit;
	},
});
