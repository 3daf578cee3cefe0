// SPDX-License-Identifier: MIT
import { diffReports, reportsText } from '../report/diff-reports';
import { jsonLine } from '../report/json';
import { openReport } from '../report/read';
import { type Command, oneOf, UsageError } from './command';

export const diff: Command = {
	summary: 'show what changed between two reports',
	usage: 'BEFORE AFTER [--reporter json]',
	about: [
		'Of two JSON Lines reports of "run --reporter json": by id and implementation, only what changed: verdicts, outcomes',
		'seen, how much was explored, expectations that fail, ids that are new or gone. Exits 1 when something that is scored',
		'was green and is not any more. Two reports about one implementation each are compared whatever its address is, such as',
		'those of two kernel trees.',
	].join('\n'),
	options: {
		reporter: {
			type: 'string',
			short: 'r',
			value: 'NAME',
			about: 'pretty, json (default: pretty); schema/diff.schema.json describes the JSON',
		},
	},
	examples: [
		['dax-vectors run -i native:. -r json > after.jsonl', 'a report of a kernel tree'],
		[
			'dax-vectors diff <(dax-vectors run -i reference:v3 -r json) <(dax-vectors run -r json)',
			'since series V3',
		],
	],

	async run(words, values, { out, colors }) {
		const [before, after] = words;
		if (before === undefined || after === undefined || words.length > 2)
			throw new UsageError('diff takes two reports: BEFORE AFTER');
		const reporter = oneOf(values, 'reporter', ['pretty', 'json'] as const);
		const found = diffReports(openReport(before), openReport(after));
		const lines = reporter === 'json' ? [jsonLine(found)] : reportsText(found, colors);
		for (const line of lines) out(line);
		return found.exit;
	},
};
