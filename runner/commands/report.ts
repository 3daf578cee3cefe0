// SPDX-License-Identifier: MIT

import { openLibrary } from '../library/library';
import { page } from '../report/html/page';
import { openReport } from '../report/read';
import { CONFORMS } from '../run/exit-code';
import { command } from './command';
import { option, UsageError } from './option';

export const report = command({
	summary: 'write reports as one page for a browser',
	usage: '--html REPORT...',
	about: [
		'Reads JSON Lines reports of "run --reporter json" and writes one HTML file to stdout: vectors by implementations,',
		'what each means and rests on, the outcomes that were seen, and every failing interleaving to step through. The page',
		'needs nothing but itself: no network, and no script for reading. Redirect it: > report.html',
	].join('\n'),
	options: { html: option.flag({ about: 'as HTML' }) },
	examples: [
		['dax-vectors report --html <(dax-vectors run -i reference:v3 -r json)', 'a run of series V3'],
		[
			'dax-vectors report --html <(dax-vectors run -r json) <(dax-vectors run -i reference:v1 -r json)',
			'side by side',
		],
	],

	async run(words, values, { out }) {
		if (words.length === 0) throw new UsageError('report takes reports of "run --reporter json"');
		if (!values.html) throw new UsageError('report takes a format: --html');
		const reports = words.map(openReport);
		const { cases } = await openLibrary();
		out(page(reports, cases).trimEnd());
		return CONFORMS;
	},
});
