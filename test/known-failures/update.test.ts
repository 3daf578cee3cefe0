// SPDX-License-Identifier: MIT
/** --update-known-failures, and the commands and hints of diagnostics. */
import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import t from 'tap';
import { KnownFailureList } from '../../runner/known-failures/list';
import { updateKnownFailures } from '../../runner/known-failures/update';
import { libraryFolder } from '../../runner/library/library';
import type { Failure, Result, Verdict } from '../../schema/types/report';
import { library } from '../cases';
import { needs } from '../needs';
import { failure, result } from '../records';
import { shell, tool } from '../tool';

const LINK = `'commit 7a6db2eb6d5d ("dax: fix holder_ops race in fs_put_dax()")'`;
const HEAD = 'format: 1\ntarget: mine\nfailures:\n';
const FAILS = failure().expectation;
const entry = (ids: string, more = '') =>
	`  - fails:\n${ids
		.split(', ')
		.map((id) => `      ${id}: [${FAILS}]${more}\n`)
		.join('')}    reason: as it always was\n    link: ${LINK}\n`;
const folder = t.testdir();
const file = join(folder, 'mine.yaml');

const seen = (id: string, verdict: Verdict, ...given: Failure[]): Result =>
	result({
		id,
		verdict,
		failures: /fail/.test(verdict) ? (given.length > 0 ? given : [failure()]) : [],
	});

/** Updates a list to results; returns its text and the changes. */
async function updated(text: string, ...results: Result[]) {
	writeFileSync(file, text);
	const update = updateKnownFailures(file, 'mine', results, await library());
	return { ...update, text: readFileSync(file, 'utf8') };
}

t.test('leaves the text of a list that agrees with the results unchanged', async (t) => {
	const cases = await library();
	const lists = join(libraryFolder, 'known-failures');
	cpSync(lists, join(folder, 'lists'), { recursive: true });
	for (const name of readdirSync(lists)) {
		const copy = join(folder, 'lists', name);
		const text = readFileSync(copy, 'utf8');
		// One new failure makes the update write the whole file.
		const failing = [seen('DAXV-9999', 'fail')];
		updateKnownFailures(copy, basename(name, '.yaml'), failing, cases);
		const [before, after] = readFileSync(copy, 'utf8').split('  # TODO');
		t.equal(before, text, name);
		t.equal(after!.split('\n').slice(1, 3).join(), `  - fails:,      DAXV-9999: [${FAILS}]`);
	}
	const same = HEAD + entry('DAXV-0001');
	const list = [seen('DAXV-0001/fs_dax_get', 'xfail'), seen('DAXV-0020', 'pass')];
	t.match(await updated(same, ...list), { removed: [], added: [], text: same });
});

t.test('removes entries that pass or match no vector', async (t) => {
	const text = `# top\n${HEAD}${entry('DAXV-0020, DAXV-0021', ' # two')}  # why\n${entry('DAXV-9999')}  # last\n${entry('"DAXV-000?"')}# end\n`;
	const list = [
		seen('DAXV-0020', 'xpass'),
		seen('DAXV-0021', 'xfail'),
		seen('DAXV-0001/fs_dax_get', 'xfail'),
		seen('DAXV-0001/fs_dax_get_by_bdev', 'xpass'),
		seen('DAXV-0002', 'timeout'),
		seen('DAXV-0003', 'skip'),
	];
	const after = await updated(text, ...list);
	t.strictSame(after.removed, [
		'DAXV-0020',
		'DAXV-9999',
		'DAXV-000? but DAXV-0001/fs_dax_get DAXV-0002',
	]);
	t.strictSame(after.added, []);
	t.match(after.text, `# top\n${HEAD}${entry('DAXV-0021', ' # two')}`);
	t.match(after.text, `  # why\n  # last\n${entry('DAXV-0001/fs_dax_get, DAXV-0002')}`);
	t.match(after.text, /\n# end\n$/);
	t.ok(KnownFailureList.read(file), 'the list is valid');
	const none = await updated(HEAD + entry('DAXV-0020'), seen('DAXV-0020', 'xpass'));
	t.equal(none.text, `${HEAD.trimEnd()} []\n`);
	t.ok(KnownFailureList.read(file), 'an empty list is valid');
	const overlap = HEAD + entry('DAXV-0001, "DAXV-000?", DAXV-0001/fs_dax_get');
	const left = entry('"DAXV-000?", DAXV-0001/fs_dax_get');
	t.equal((await updated(overlap, ...list)).text, HEAD + left);
	t.ok(KnownFailureList.read(file), 'no id is repeated');
});

t.test('adds new failures, which are refused until they have a reason and a link', async (t) => {
	const list = [
		seen('DAXV-0001/fs_dax_get', 'fail'),
		seen('DAXV-0001/fs_dax_get_by_bdev', 'fail'),
		seen('DAXV-0039/fs_dax_get', 'fail'),
		seen('DAXV-0039/fs_dax_get_by_bdev', 'pass'),
		seen('DAXV-0020', 'crash'),
		{ ...seen('DAXV-0036', 'fail'), scored: false },
	];
	const { added, text } = await updated(HEAD + entry('DAXV-0021'), ...list);
	t.strictSame(added, ['DAXV-0001', 'DAXV-0039/fs_dax_get'], 'new entries are failures only');
	t.match(text, HEAD + entry('DAXV-0021'), 'old entries stay');
	t.throws(() => KnownFailureList.read(file), {
		message: /mine\.yaml:\d+:13: E_KNOWN_FAILURE: the reason of DAXV-0001 is empty\n/,
	});
	const filled = text
		.replaceAll('reason: ""', 'reason: it is known')
		.replaceAll('link: ""', `link: ${LINK}`);
	writeFileSync(file, filled);
	t.ok(KnownFailureList.read(file));
	const fresh = join(folder, 'fresh.yaml');
	updateKnownFailures(fresh, 'fresh', [], await library());
	t.notOk(existsSync(fresh), 'creates no empty list');
	updateKnownFailures(fresh, 'fresh', [seen('DAXV-0020', 'fail')], await library());
	t.match(
		readFileSync(fresh, 'utf8'),
		/^# yaml-language-server: .*\n# SPDX.*\nformat: 1\ntarget: "fresh"\n/,
	);
	t.throws(() => KnownFailureList.read(fresh), /the link of DAXV-0020 is empty/);
});

t.test('records changed expectations and keeps the reason', async (t) => {
	const one = (expectation: string) => failure({ expectation });
	const blank = `${HEAD}${entry('DAXV-0001', ' # mine').replace(FAILS, '')}`;
	const variants = ['DAXV-0001/fs_dax_get', 'DAXV-0001/fs_dax_get_by_bdev'] as const;
	const alike = variants.map((id) => seen(id, 'xfail', one('warnings'), one('races')));
	const filled = await updated(blank, ...alike);
	t.strictSame(filled.recorded, ['DAXV-0001']);
	t.equal(filled.text, blank.replace('[]', '[races, warnings]'), 'sorted, with its comment');
	t.match(await updated(filled.text, ...alike), { recorded: [], text: filled.text });

	const [first] = alike;
	const unlike = await updated(filled.text, first!, seen(variants[1], 'fail', one('races')));
	t.strictSame(unlike.recorded, [variants[1]]);
	const split = `      ${variants[0]}: [races, warnings]\n      ${variants[1]}: [races]\n    reason: as`;
	t.match(unlike.text, split, 'variants that fail differently are split');
	t.strictSame([unlike.added, unlike.removed], [[], []]);

	const completeness = { ...result().completeness, kind: 'bounded' as const };
	const bounded = { ...seen('DAXV-0001', 'fail', one('rules/late')), completeness };
	const grown = await updated(filled.text, bounded);
	t.match(grown.text, /: \[races, rules\/late, warnings\]/, 'a bounded run removes nothing');
	const driven = await updated(
		HEAD + entry('DAXV-0001').replace(FAILS, 'orders/late/outcome'),
		first!,
	);
	t.match(driven.text, /: \[orders\/late\/outcome, races, warnings\]/, 'no order was driven');
});

t.test(
	'diagnostics have the place of a mistake, or the command that updates the list',
	async (t) => {
		const refusal = (text: string) => {
			writeFileSync(file, text);
			try {
				KnownFailureList.read(file);
			} catch (error) {
				return (error as Error).message;
			}
			return 'accepted';
		};
		const at = (line: number) => new RegExp(`mine\\.yaml:${line}:\\d+: E_`);
		const good = HEAD + entry('DAXV-0020');
		t.match(refusal(good.replace('reason: as it always was', 'reason: ""')), at(6));
		t.match(refusal(good.replace(LINK, '"  "')), at(7));
		t.match(refusal(good.replace('    reason: as it always was\n', '')), at(4));
		t.match(refusal(good.replace('mine', 'yours')), at(2));

		const own = KnownFailureList.of('v3').apply(
			result({ id: 'DAXV-0020', implementation: 'reference:series-v3' }),
		);
		t.match(
			own.reason,
			/: dax-vectors run --implementation reference:series-v3 --update-known-failures$/,
		);
		writeFileSync(file, good);
		const spaced = result({ id: 'DAXV-0020', implementation: "native:my tree's" });
		const { reason } = KnownFailureList.read(file).apply(spaced);
		t.match(
			reason,
			/run --implementation 'native:my tree'\\''s' --known-failures \S+mine\.yaml --update/,
		);
	},
);

t.test('the command in the reason of a result repairs the list', needs('bash', 'cc'), async (t) => {
	const path = join(folder, 'series-v3.yaml');
	const text = readFileSync(join(libraryFolder, 'known-failures/series-v3.yaml'), 'utf8');
	// DAXV-0030 passes, DAXV-9999 does not exist, DAXV-0020 fails, DAXV-0052 fails differently.
	const recorded = 'DAXV-0052: [warnings/fs_put_dax]';
	t.match(text, recorded);
	const changed = text.replace(recorded, 'DAXV-0052: [races]');
	writeFileSync(path, changed.replace('DAXV-0020:', 'DAXV-0030: [warnings]\n      DAXV-9999:'));
	const run = ['run', '--implementation', 'reference:series-v3', '--known-failures', path];
	const stale = await tool(run);
	t.match(stale, { code: 1, out: /^does not conform: .*0020/m });
	t.match(
		stale.out,
		/^FAIL {4}DAXV-0052 .*\n(.*\n)?.*fails differently from the known-failures entry: /m,
	);
	const commands = [...stale.out.matchAll(/to remove the entry: (dax-vectors run .*)$/gim)];
	t.strictSame(commands.length, 2, 'one for the pass, one for the unknown id');
	t.equal(commands[0]![1], commands[1]![1]);
	const repaired = await shell(commands[0]![1]!);
	t.match(repaired, {
		code: 1,
		out: /: removed DAXV-0030, DAXV-9999\n.*: recorded what fails in DAXV-0052: .*\n.*: added DAXV-0020: add the reason/,
	});
	t.match(readFileSync(path, 'utf8'), recorded);
	const listed = readFileSync(path, 'utf8');
	writeFileSync(path, listed.replace(recorded, 'DAXV-0052: []'));
	const unrecorded = await tool(['run', '-i', 'native', '--known-failures', path]);
	t.match(unrecorded, { code: 128, err: /the entry of DAXV-0052 has no expectations/ });
	t.match(
		unrecorded.err,
		/To record them: dax-vectors run --implementation native --known-failures \S+v3\.yaml --update-/,
		'with the implementation of the run',
	);
	writeFileSync(path, listed);
	const blank = await tool(run);
	t.match(blank, { code: 128, err: /the reason of DAXV-0020 is empty/ });
	const again = await tool([...run, '--update-known-failures']);
	t.match(again, { code: 128, err: /is empty/ }, 'refused before the run');
	const draft = readFileSync(path, 'utf8');
	writeFileSync(
		path,
		draft.replace('reason: ""', 'reason: it is known').replace('link: ""', `link: ${LINK}`),
	);
	const good = await tool([...run, '--update-known-failures', '-r', 'tap']);
	t.match(good, { code: 0, err: /v3\.yaml: nothing to update\n$/ }, 'stdout has the report only');
});

t.test('refuses --update-known-failures with part of a run', async (t) => {
	const refused = async (...words: string[]) => {
		const { code, err } = await tool(['run', '--update-known-failures', ...words]);
		t.equal(code, 129);
		return err;
	};
	t.match(await refused('DAXV-0001'), /takes a whole run: leave out ids/);
	t.match(await refused('--tag', 'race', '--shard', '1/2'), /leave out --tag, --shard/);
	const several = [
		'-i',
		'reference:series-v3',
		'-i',
		'reference:series-v4',
		'--known-failures',
		file,
	];
	t.match(await refused(...several), /mine\.yaml is the list of several/);
});
