// SPDX-License-Identifier: MIT
/** Differences between two reports. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { validator } from '../../runner/library/schemas';
import { compare } from '../../runner/report/compare';
import { readReport } from '../../runner/report/read';
import { packageRoot } from '../../runner/text/package-root';
import type { Result } from '../../schema/types/report';
import { failure, report, result } from '../records';
import { tool, toolHere } from '../tool';

const folder = t.testdir();

const textOf = (results: readonly Result[]): string =>
	report(results)
		.map((record) => `${JSON.stringify(record)}\n`)
		.join('');

const changes = (before: readonly Result[], after: readonly Result[], counts = true) =>
	compare(
		readReport('before', Buffer.from(textOf(before))),
		readReport('after', Buffer.from(textOf(after))),
		{ counts },
	);

/** Output of "report diff" about two reports. */
async function diff(before: readonly Result[], after: readonly Result[], env = {}) {
	const files = ['before.jsonl', 'after.jsonl'].map((name) => join(folder, name));
	writeFileSync(files[0]!, textOf(before));
	writeFileSync(files[1]!, textOf(after));
	return tool(['report', 'diff', ...files], { env });
}

t.test('a scored result that is no longer green is a regression', async (t) => {
	const kind = (before: Partial<Result>, after: Partial<Result>) =>
		changes([result(before)], [result(after)])[0]?.kind;
	const bad = ['fail', 'xpass', 'not-run', 'timeout', 'crash', 'error'] as const;
	for (const verdict of bad) {
		for (const green of ['pass', 'xfail', 'skip'] as const) {
			t.equal(kind({ verdict: green }, { verdict }), 'regression', `${green} to ${verdict}`);
			t.equal(kind({ verdict }, { verdict: green }), 'fixed', `${verdict} to ${green}`);
		}
		t.equal(kind({ scored: false }, { verdict, scored: false }), 'open-fails');
		t.equal(kind({ verdict, scored: false }, { scored: false }), 'open-holds');
		t.equal(kind({ verdict, scored: false }, {}), 'open-holds', 'it was not scored before');
		t.equal(kind({ scored: false }, { verdict }), 'regression', 'it is scored now');
	}
	t.equal(kind({ verdict: 'pass' }, { verdict: 'xfail' }), 'changed');
	t.equal(kind({ verdict: 'fail' }, { verdict: 'timeout' }), 'changed');
	t.equal(kind({}, {}), undefined, 'nothing changed');
	t.equal(kind({ milliseconds: 1, reason: 'a' }, { milliseconds: 2, reason: 'b' }), undefined);
});

t.test('details name outcomes, extent and expectations that changed', async (t) => {
	const details = (before: Partial<Result>, after: Partial<Result>) =>
		changes([result(before)], [result(after)]).flatMap((change) => change.details);
	t.strictSame(details({ outcomes: { a: 1, b: 2 } }, { outcomes: { b: 5, c: 1 } }), [
		['outcomes', '+c -a'],
	]);
	t.strictSame(
		details({ outcomes: { a: 1 } }, { outcomes: { a: 2 } }),
		[],
		'a different number of traces is not a change',
	);
	const { completeness } = result();
	const bounded = { ...completeness, kind: 'bounded' as const, preemptions: 2 };
	const explored = [['explored', 'exhaustive, 1 trace -> <= 2 preemptions, 1 trace']];
	t.strictSame(details({}, { completeness: bounded }), explored);
	const more = { ...completeness, traces: 3 };
	t.strictSame(details({}, { completeness: more }), [
		['explored', 'exhaustive, 1 trace -> exhaustive, 3 traces'],
	]);
	t.same(changes([result()], [result({ completeness: more })], false), [], 'unless asked for');
	t.strictSame(
		changes([result()], [result({ completeness: bounded })], false)[0]?.details,
		explored,
		'the extent is a change without being asked for',
	);
	t.strictSame(details({}, { completeness: { ...completeness, executions: 9 } }), []);
	const elsewhere = { completeness: more, implementation: 'reference:series-v3' };
	t.strictSame(details({}, elsewhere), [], 'another implementation has other traces');
	t.strictSame(
		details({ failures: [failure()] }, { failures: [failure({ expectation: 'b', message: 'm' })] }),
		[
			['fails', '+b -outcomes/claimed/device/ops'],
			['', 'm'],
		],
	);
});

t.test('compares results by id and implementation', async (t) => {
	const on = (implementation: string, id: string, verdict: Result['verdict'] = 'pass') =>
		result({ implementation, id, verdict });
	const before = [
		on('a', 'DAXV-0001'),
		on('b', 'DAXV-0001'),
		on('a', 'DAXV-0002'),
		on('b', 'DAXV-0002'),
	];
	const after = [
		on('a', 'DAXV-0001'),
		on('b', 'DAXV-0001', 'fail'),
		on('a', 'DAXV-0003'),
		on('b', 'DAXV-0002'),
	];
	t.match(changes(before, after), [
		{ kind: 'regression', id: 'DAXV-0001', implementation: 'b' },
		{ kind: 'gone', id: 'DAXV-0002', implementation: 'a', after: null },
		{ kind: 'new', id: 'DAXV-0003', implementation: 'a', before: null },
	]);
	t.match(changes([on('a', 'DAXV-0001')], [on('b', 'DAXV-0001', 'fail')]), [
		{ kind: 'regression', implementation: 'b' },
	]);
	t.match(
		changes([on('a', 'DAXV-0001')], [on('b', 'DAXV-0001'), on('c', 'DAXV-0001')]).map(
			({ kind }) => kind,
		),
		['gone', 'new', 'new'],
		'does not guess which of several implementations to compare',
	);
});

t.test('prints changes as text and as JSON', async (t) => {
	const before = [
		result({ id: 'DAXV-0001/fs_dax_get' }),
		result({ id: 'DAXV-0002', verdict: 'fail', failures: [failure()] }),
		result({ id: 'DAXV-0003' }),
		result({ id: 'DAXV-0004' }),
	];
	const after = [
		result({ id: 'DAXV-0001/fs_dax_get', verdict: 'fail', failures: [failure()] }),
		result({ id: 'DAXV-0002' }),
		result({ id: 'DAXV-0003' }),
		result({ id: 'DAXV-0005/\u001b[31m', verdict: 'fail' }),
	].map((each) => ({ ...each, implementation: 'reference:series-v3' }));
	const { code, out, err } = await diff(before, after);
	t.strictSame([code, err], [1, '']);
	t.equal(
		out,
		[
			'implementation: reference -> reference:series-v3',
			'',
			'regression DAXV-0001/fs_dax_get  pass -> fail',
			'           fails     +outcomes/claimed/device/ops',
			'                     ops is null at the end, expected B',
			'fixed      DAXV-0002             fail -> pass',
			'           fails     -outcomes/claimed/device/ops',
			'gone       DAXV-0004             pass',
			'new        DAXV-0005/\u00b7[31m       fail',
			'',
			'1 regression, 1 fixed, 1 new, 1 gone',
			'',
		].join('\n'),
	);
	const json = await toolHere([
		'report',
		'diff',
		...['before', 'after'].map((name) => join(folder, `${name}.jsonl`)),
		'-r',
		'json',
	]);
	t.strictSame([json.code, json.err], [1, '']);
	const data = JSON.parse(json.out);
	const valid = validator('diff');
	t.ok(valid(data), JSON.stringify(valid.errors));
	t.match(data, {
		implementations: ['reference:series-v3'],
		changes: [
			{ kind: 'regression', before: { verdict: 'pass' }, after: { verdict: 'fail', scored: true } },
			{ kind: 'fixed' },
			{ kind: 'gone', after: null },
			{ kind: 'new', id: 'DAXV-0005/\u001b[31m', before: null },
		],
	});
	t.notOk(json.out.includes('\u001b'), 'no control character');
	const coloured = await diff(before, after, { FORCE_COLOR: 'DAXV-0001' });
	t.ok(coloured.out.includes('\u001b[31mregression\u001b[39m'));
	t.match(await diff(before, before), { code: 0, out: 'nothing changed\n' });
	t.match(await diff(after, before), { code: 1, out: /^regression DAXV-0002 /m });
	const fixed = await diff([result({ verdict: 'fail' })], [result()]);
	t.match(fixed, { code: 0, out: /^exit code: 1 -> 0\n\nfixed .*\n1 fixed\n$/s });
});

t.test('an open vector that fails now is named and does not fail the comparison', async (t) => {
	const open = (id: string, verdict: Result['verdict']) => result({ id, verdict, scored: false });
	const before = [open('DAXV-0014', 'pass'), open('DAXV-0015', 'fail'), open('DAXV-0016', 'fail')];
	const after = [open('DAXV-0014', 'fail'), open('DAXV-0015', 'pass'), open('DAXV-0016', 'pass')];
	const { code, out } = await diff(before, after);
	t.equal(code, 0);
	t.match(out, /^open-fails DAXV-0014 {2}pass \(open\) -> fail \(open\)$/m);
	t.match(out, /^1 open vector fails now, 2 open vectors hold now$/m);
});

t.test('--counts adds numbers of traces, and belongs to diff', async (t) => {
	const { completeness } = result();
	const more = [result({ completeness: { ...completeness, traces: 3 } })];
	t.match(await diff([result()], more), { code: 0, out: 'nothing changed\n' });
	const files = ['before', 'after'].map((name) => join(folder, `${name}.jsonl`));
	t.match(await toolHere(['report', 'diff', '--counts', ...files]), {
		code: 0,
		out: /^ +explored +exhaustive, 1 trace -> exhaustive, 3 traces$/m,
	});
	t.match(await toolHere(['report', 'html', '--counts', ...files]), {
		code: 129,
		err: /--counts belongs to report diff/,
	});
});

t.test('refuses a file that is not a report, with exit code 128 or more', async (t) => {
	const good = join(folder, 'good.jsonl');
	const cut = join(folder, 'cut.jsonl');
	writeFileSync(good, textOf([result()]));
	writeFileSync(cut, textOf([result()]).split('\n').slice(0, 2).join('\n'));
	const refused = async (...words: string[]) => {
		const { code, out, err } = await toolHere(['report', 'diff', ...words]);
		t.strictSame([code, out], [words.length < 2 ? 129 : 128, '']);
		t.notMatch(err, /internal error/);
		return err;
	};
	t.match(await refused(good, join(folder, 'none')), /none: E_READ: cannot be read: ENOENT/);
	t.match(await refused(folder, good), /cannot be read: EISDIR/);
	t.match(await refused(good, cut), /cut\.jsonl: was cut: the footer is missing/);
	t.match(await refused(good, join(packageRoot, 'package.json')), /package\.json:1: no record/);
	t.match(await refused(good), /report diff takes two reports/);
});

t.test('compares two revisions of the reference', async (t) => {
	const files = await Promise.all(
		['series-v3', 'merged'].map(async (name) => {
			const file = join(folder, `${name}.jsonl`);
			const ids = ['DAXV-0020', 'DAXV-0030', 'DAXV-0001'];
			const address = name === 'merged' ? 'reference' : `reference:${name}`;
			const { out } = await tool(['run', ...ids, '-i', address, '-r', 'json']);
			writeFileSync(file, out);
			return file;
		}),
	);
	const { code, out } = await toolHere(['report', 'diff', ...files]);
	t.equal(code, 0);
	t.match(out, /^implementation: reference:series-v3 -> reference$/m);
	t.match(out, /^changed {4}DAXV-0020 +xfail -> pass\n {11}(outcomes|fails) /m);
});
