// SPDX-License-Identifier: MIT
/** Output of show: sources, verdicts by revision, an interleaving. */
import t from 'tap';
import { COMMIT_WIDTH } from '../../runner/diagram/commit-diagram';
import { toolHere } from '../tool';

/** The lines below a heading. */
function section(out: string, heading: string): string[] {
	const lines = out.split('\n');
	const start = lines.findIndex((line) => line.startsWith(heading));
	const end = lines.indexOf('', start);
	return lines.slice(start + 1, end < 0 ? undefined : end).map((line) => line.slice(2));
}

t.test(
	'shows the sources, ends, revisions and interleaving of a race that was fixed',
	async (t) => {
		const { code, out, err } = await toolHere(['show', 'DAXV-0001']);
		t.match({ code, err }, { code: 0, err: '' });
		const sources = section(out, 'Sources');
		t.match(sources[0], /^rule: https:\/\/lore\.kernel\.org\/0100019ea3941018-\S+, John Groves$/);
		t.match(sources[1], /^ {2}"Clears holder_ops before/);
		t.ok(
			sources.includes(
				'fixed-by: commit 7a6db2eb6d5d ("dax: fix holder_ops race in fs_put_dax()")',
			),
		);
		t.same(section(out, 'Allowed ends'), [
			'claimed: results {got ok}, device {alive true, holder B, ops B} (some interleaving must end so)',
			'busy: results {got $busy}, device {alive true, holder null, ops null} (some interleaving must end so)',
		]);
		t.same(section(out, 'On the revisions of the reference'), [
			'v6.0          fails: ops is null at the end, expected B',
			'v6.8          fails: ops is null at the end, expected B',
			'v6.12-stable  fails: ops is null at the end, expected B',
			'v7.1          fails: ops is null at the end, expected B',
			'series-v1     passes',
			'series-v3     passes',
			'series-v4     passes',
			'v7.3          passes',
		]);
		const interleaving = section(
			out,
			'An interleaving: DAXV-0001/fs_dax_get on v7.1: ops is null at the end',
		);
		t.match(interleaving.join('\n'), /holder_data A -> NULL\n.*fs_dax_get\(B, B\)/);
		t.ok(section(out, 'Program and expectations').includes('holders: {A: {}, B: {}}'));
		t.same(section(out, 'Variants'), ['DAXV-0001/fs_dax_get', 'DAXV-0001/fs_dax_get_by_bdev']);
	},
);

t.test('shows one variant, and names the variant that fails', async (t) => {
	const one = await toolHere(['show', 'DAXV-0001/fs_dax_get_by_bdev']);
	t.match(one.out, /^An interleaving: DAXV-0001\/fs_dax_get_by_bdev on v7\.1: /m);
	const some = await toolHere(['show', 'DAXV-0039']);
	t.match(some.out, /^ {2}v7\.3 {10}fails \(DAXV-0039\/fs_dax_get\): /m);
	const late = await toolHere(['show', 'DAXV-0055']);
	t.match(late.out, /^ {2}v6\.0 {10}does not apply: no fs_dax_get\(\)$/m);
});

t.test('--commit prints only the interleaving, in ASCII that fits a commit message', async (t) => {
	const { code, out, err } = await toolHere(['show', 'DAXV-0055', '--commit']);
	t.match({ code, err }, { code: 0, err: '' });
	const lines = out.trimEnd().split('\n');
	t.equal(lines[0], 'DAXV-0055 on v7.3: 1 WARN in fs_put_dax(), expected 0:');
	for (const line of lines.slice(1))
		t.ok(line === '' || (/^ {2}[ -~]*\S$/.test(line) && line.length <= COMMIT_WIDTH), line);
	t.equal(lines.filter((line) => line.includes('*** WARN in fs_put_dax()')).length, 1);
});
