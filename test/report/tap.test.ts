// SPDX-License-Identifier: MIT
/** TAP, read by tap-parser in strict mode. */

import t from 'tap';
import { type FinalResults, Parser, type Result as Point } from 'tap-parser';
import { KnownFailureList } from '../../runner/known-failures/list';
import { tap } from '../../runner/report/tap';
import { inProcess } from '../../runner/run/in-process';
import { run } from '../../runner/run/run';
import type { ReportRecord, Result, Verdict } from '../../schema/types/report';
import { library, OPTIONS, reference } from '../cases';
import fc from '../fast-check';
import { eachVerdict, failure, lanesOf, race, report, result, VERDICTS, written } from '../records';

interface Reading {
	readonly final: FinalResults;
	readonly points: readonly Point[];
	/** Lines that are not TAP. */
	readonly extra: readonly string[];
}

/** Reads TAP as strictly as the parser can. */
function read(text: string): Promise<Reading> {
	return new Promise((resolve) => {
		const points: Point[] = [];
		const extra: string[] = [];
		const parser = new Parser({ strict: true }, (final) => resolve({ final, points, extra }));
		parser.on('assert', (point: Point) => points.push(point));
		parser.on('extra', (line: string) => extra.push(line));
		parser.end(text);
	});
}

const tapOf = (results: readonly Result[], problems?: string[]) =>
	read(written(tap, report(results, problems)));

t.test('maps each verdict, scored and open, to a test point', async (t) => {
	const results = eachVerdict();
	const { final, points, extra } = await tapOf(results);
	t.strictSame(extra, []);
	t.match(final, { ok: false, count: 18, plan: { start: 1, end: 18 }, skip: 2 });
	t.strictSame(
		points.map(({ name }) => name),
		results.map(({ id }) => id),
	);
	const failing = final.failures.map((point) => (point as Point).name.slice('DAXV-0001/'.length));
	t.strictSame(failing, ['fail', 'xpass', 'not-run', 'timeout', 'crash', 'error', 'error']);
	t.equal(points[2]!.todo, 'known failure: because of xfail');
	t.equal(points[4]!.skip, 'because of skip');
	t.match(points[10]!.todo, 'open');
	t.match(points[1]!.diag, { verdict: 'fail', reason: 'because of fail' });
});

t.test('the stream is ok exactly when the run exits with 0', async (t) => {
	const some = fc.array(
		fc.record({ verdict: fc.constantFrom(...VERDICTS), scored: fc.boolean() }),
		{ minLength: 1, maxLength: 6 },
	);
	await fc.assert(
		fc.asyncProperty(some, fc.boolean(), async (given, stale) => {
			const records = report(given.map(result), stale ? ['a list\nis stale'] : []);
			const { final, extra } = await read(written(tap, records));
			const footer = records.at(-1) as { exit: number };
			return extra.length === 0 && final.ok === (footer.exit === 0);
		}),
		{ numRuns: 300 },
	);
	t.pass('300 reports');
});

t.test('escapes TAP and YAML within text', async (t) => {
	const words = [
		'# TODO not me',
		'# SKIP',
		'a \\# b',
		'x\nnot ok 9',
		'\u001b[31mred',
		'  ---',
		'...',
		'Bail out!',
	];
	for (const word of [...words, 'key: [value', '\u0085\u2028', '"', "it's", '- a', 'ok 1', '{}']) {
		const name = encodeURIComponent(word);
		const lines = ['   indented', word, '\tcolumn', '', '...'];
		const told = failure({ message: word, lanes: lanesOf(...lines), file: `${word}.yaml` });
		const bad = result({ verdict: 'fail', reason: word, title: word, failures: [told] });
		const skipped = result({ verdict: 'skip', reason: word });
		const text = written(tap, report([bad, skipped, { ...bad, verdict: 'xfail' }]));
		const { final, points, extra } = await read(text);
		t.strictSame(extra, [], name);
		t.match(final, { count: 3, fail: 2, skip: 1, todo: 1 }, name);
		t.equal((points[0]!.diag!.interleaving as string).split('\n').length, 2 + lines.length, name);
		t.equal(points[0]!.diag!.replay, told.token);
		// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
		t.notMatch(text, /[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/, name);
	}
});

t.test('data races are diagnostics of passing and failing results', async (t) => {
	const races = [race(), race({ object: 'flags' })];
	const good = result({ races });
	const bad = result({ verdict: 'fail', races, failures: [failure()] });
	const { final, points, extra } = await tapOf([good, bad, result()]);
	t.strictSame(extra, []);
	t.match(final, { count: 3, pass: 2, fail: 1 });
	const sides =
		'fs_put_dax() writes plainly (super.c:119), dax_holder_notify_failure() reads marked';
	const notes = [`holder_ops: ${sides}`, `flags: ${sides}`];
	t.strictSame(points[0]!.diag, { races: notes });
	t.strictSame(points[1]!.diag!.races, notes);
	t.equal(points[1]!.diag!.expectation, 'outcomes/claimed/device/ops');
	t.equal(points[2]!.diag, null);
});

t.test('text of a report never becomes a directive', async (t) => {
	const implementation = 'exec:./it # TODO some day';
	const bad = result({ verdict: 'fail', implementation });
	const skipped = result({ verdict: 'skip', reason: 'no # TODO in it' });
	const { final, points } = await tapOf([bad, skipped, { ...bad, id: 'DAXV-0002 # SKIP' }]);
	t.match(final, { ok: false, fail: 2, todo: 0, skip: 1 });
	t.match(points[0]!.name, implementation);
	t.match(points[1]!.skip, /^no .*TODO in it$/);
});

t.test('a truncated stream is not ok', async (t) => {
	const text = written(tap, report([result(), result(), result()]));
	const lines = text.trimEnd().split('\n');
	t.ok((await read(text)).final.ok);
	// The plan is the second line: a shorter stream has none.
	for (let length = 2; length < lines.length; length++)
		t.notOk((await read(`${lines.slice(0, length).join('\n')}\n`)).final.ok, `${length} lines`);
	const interrupted = await read(written(tap, report([result()]), [], 3));
	t.match(interrupted.final, { ok: false, bailout: '1 of 3 decided' });
	const stale = await tapOf([result()], ['a list is stale']);
	t.match(stale.final, { ok: false, bailout: 'stale known failures' });
});

t.test('counts the results of a run of two revisions', async (t) => {
	const cases = await library();
	const implementations = [reference('v3'), reference('v6.12-stable')];
	const records: ReportRecord[] = [];
	const knownFailures = ({ target }: { target: string }) => KnownFailureList.of(target);
	const alone = inProcess(OPTIONS);
	const plan = {
		implementations,
		cases,
		library: cases,
		knownFailures,
		options: OPTIONS,
		decider: () => alone,
	};
	for await (const record of run(plan)) records.push(record);
	const results = records.filter((record): record is Result => record.record === 'result');
	const count = (...wanted: Verdict[]) =>
		results.filter(({ verdict }) => wanted.includes(verdict)).length;

	const { final, extra, points } = await read(written(tap, records));
	t.strictSame(extra, []);
	t.match(final, { ok: true, count: cases.length * 2, plan: { start: 1, end: cases.length * 2 } });
	t.equal(final.skip, count('skip'));
	t.equal(final.todo, count('xfail', 'fail'));
	t.equal(final.pass, count('pass', 'skip'));
	t.equal(new Set(points.map(({ name }) => name)).size, results.length, 'every name once');
});
