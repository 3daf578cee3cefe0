// SPDX-License-Identifier: MIT
/** The command report html. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { tool, toolHere } from '../../tool';

t.test('report html writes one page to stdout', async (t) => {
	const folder = t.testdir({});
	const run = async (name: string, ...addresses: string[]): Promise<string> => {
		const chosen = addresses.flatMap((address) => ['-i', address]);
		const { out } = await tool(['run', 'DAXV-0001', ...chosen, '-r', 'json']);
		const file = join(folder, name);
		writeFileSync(file, out);
		return file;
	};
	const one = await run('one.jsonl', 'reference:v6.12-stable');
	const both = await run('both.jsonl', 'reference', 'reference:v6.12-stable');
	const single = await toolHere(['report', 'html', one]);
	t.equal(single.code, 0);
	t.equal(single.err, '');
	t.match(single.out, /^<!doctype html>\n.*<\/html>\n$/s);
	t.notMatch(single.out, /<(link|img|iframe)|src=|@import|url\(/, 'nothing is loaded');
	const { out: block } = await toolHere(['cite', 'DAXV-0001']);
	const shown = block.trimEnd().replaceAll('"', '&quot;').replaceAll("'", '&#39;');
	t.ok(single.out.includes(`>${shown}</pre>`), 'the citation is that of "cite"');
	const side = await toolHere(['report', 'html', one, both]);
	t.match(side.out, 'Conformance of 3 implementations with 1 test vector ');
	for (const label of [
		`reference:v6.12-stable in ${one}`,
		`reference:v6.12-stable in ${both}`,
		'v7.3',
	])
		t.ok(side.out.includes(`<th scope="col">${label}</th>`), label);
});

t.test(
	'rejects a missing verb, a missing file and a malformed report with exit code 128 or more',
	async (t) => {
		const none = await toolHere(['report', 'html']);
		t.equal(none.code, 129);
		t.match(none.err, /takes reports of "run --reporter json"/);
		const format = await toolHere(['report', 'one.jsonl']);
		t.equal(format.code, 129);
		t.match(format.err, /report takes one of html, diff, merge, statement, then reports/);
		const file = join(t.testdir({ cut: '{}' }), 'cut');
		const cut = await toolHere(['report', 'html', file]);
		t.equal(cut.code, 128);
		t.match(cut.err, /cut:1: no record of a report/);
		t.equal(cut.out, '');
	},
);
