// SPDX-License-Identifier: MIT
/** Lists of known failures that repair themselves, and what each complaint says to do. */
import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import t from 'tap';
import { KnownFailureList } from '../../runner/known-failures/list';
import { updateKnownFailures } from '../../runner/known-failures/update';
import { libraryFolder } from '../../runner/library/library';
import type { Failure, Result, Verdict } from '../../schema/types/report';
import { library } from '../cases';
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

/** The list after a run has seen something, and what is said of it. */
async function updated(text: string, ...results: Result[]) {
	writeFileSync(file, text);
	const update = updateKnownFailures(file, 'mine', results, await library());
	return { ...update, text: readFileSync(file, 'utf8') };
}

t.test('a list that says what was seen stays as it is, to the letter', async (t) => {
	const cases = await library();
	const lists = join(libraryFolder, 'known-failures');
	cpSync(lists, join(folder, 'lists'), { recursive: true });
	for (const name of readdirSync(lists)) {
		const copy = join(folder, 'lists', name);
		const text = readFileSync(copy, 'utf8');
		// A change that is undone: the whole file goes through the writer.
		const failing = [seen('DAXV-9999', 'fail')];
		updateKnownFailures(copy, basename(name, '.yaml'), failing, cases);
		const [before, after] = readFileSync(copy, 'utf8').split('  # FILL IN');
		t.equal(before, text, name);
		t.equal(after!.split('\n').slice(1, 3).join(), `  - fails:,      DAXV-9999: [${FAILS}]`);
	}
	const same = HEAD + entry('DAXV-0001');
	const list = [seen('DAXV-0001/fs_dax_get', 'xfail'), seen('DAXV-0020', 'pass')];
	t.match(await updated(same, ...list), { removed: [], added: [], text: same });
});

t.test('what passes or is nowhere is struck off', async (t) => {
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
	t.ok(KnownFailureList.read(file), 'it is a list');
	const none = await updated(HEAD + entry('DAXV-0020'), seen('DAXV-0020', 'xpass'));
	t.equal(none.text, `${HEAD.trimEnd()} []\n`);
	t.ok(KnownFailureList.read(file), 'an empty one, too');
	const overlap = HEAD + entry('DAXV-0001, "DAXV-000?", DAXV-0001/fs_dax_get');
	const left = entry('"DAXV-000?", DAXV-0001/fs_dax_get');
	t.equal((await updated(overlap, ...list)).text, HEAD + left);
	t.ok(KnownFailureList.read(file), 'no id stands twice');
});

t.test('what fails is added, and refused until somebody says why', async (t) => {
	const list = [
		seen('DAXV-0001/fs_dax_get', 'fail'),
		seen('DAXV-0001/fs_dax_get_by_bdev', 'fail'),
		seen('DAXV-0039/fs_dax_get', 'fail'),
		seen('DAXV-0039/fs_dax_get_by_bdev', 'pass'),
		seen('DAXV-0020', 'crash'),
		{ ...seen('DAXV-0036', 'fail'), scored: false },
	];
	const { added, text } = await updated(HEAD + entry('DAXV-0021'), ...list);
	t.strictSame(added, ['DAXV-0001', 'DAXV-0039/fs_dax_get'], 'what fails, and nothing else');
	t.match(text, HEAD + entry('DAXV-0021'), 'what was there is there');
	t.throws(() => KnownFailureList.read(file), {
		message: /mine\.yaml:\d+:13: E_KNOWN_FAILURE: the reason of DAXV-0001 is blank\n/,
	});
	const filled = text
		.replaceAll('reason: ""', 'reason: it is known')
		.replaceAll('link: ""', `link: ${LINK}`);
	writeFileSync(file, filled);
	t.ok(KnownFailureList.read(file));
	const fresh = join(folder, 'fresh.yaml');
	updateKnownFailures(fresh, 'fresh', [], await library());
	t.notOk(existsSync(fresh), 'no list for nothing');
	updateKnownFailures(fresh, 'fresh', [seen('DAXV-0020', 'fail')], await library());
	t.match(
		readFileSync(fresh, 'utf8'),
		/^# yaml-language-server: .*\n# SPDX.*\nformat: 1\ntarget: "fresh"\n/,
	);
	t.throws(() => KnownFailureList.read(fresh), /the link of DAXV-0020 is blank/);
});

t.test('what fails otherwise is recorded anew, under the reason that it had', async (t) => {
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
	t.match(unlike.text, split, 'variants that fail otherwise than each other');
	t.strictSame([unlike.added, unlike.removed], [[], []]);

	const completeness = { ...result().completeness, kind: 'bounded' as const };
	const bounded = { ...seen('DAXV-0001', 'fail', one('rules/late')), completeness };
	const grown = await updated(filled.text, bounded);
	t.match(
		grown.text,
		/: \[races, rules\/late, warnings\]/,
		'the rest may be among what was left out',
	);
	const driven = await updated(
		HEAD + entry('DAXV-0001').replace(FAILS, 'orders/late/outcome'),
		first!,
	);
	t.match(driven.text, /: \[orders\/late\/outcome, races, warnings\]/, 'no order was driven');
});

t.test('each complaint says how to repair the list', async (t) => {
	const refusal = (text: string) => {
		writeFileSync(file, text);
		try {
			KnownFailureList.read(file);
		} catch (error) {
			return (error as Error).message;
		}
		return 'it was read';
	};
	const editor = (line: number) =>
		new RegExp(`There: \\$\\{EDITOR:-vi\\} \\+${line} \\S+mine\\.yaml$`);
	const good = HEAD + entry('DAXV-0020');
	t.match(refusal(good.replace('reason: as it always was', 'reason: ""')), editor(6));
	t.match(refusal(good.replace(LINK, '"  "')), editor(7));
	t.match(refusal(good.replace('    reason: as it always was\n', '')), editor(4));
	t.match(refusal(good.replace('mine', 'yours')), editor(2));

	const own = KnownFailureList.of('v3').apply(
		result({ id: 'DAXV-0020', implementation: 'reference:v3' }),
	);
	t.match(own.reason, /: dax-vectors run --implementation reference:v3 --update-known-failures$/);
	writeFileSync(file, good);
	const spaced = result({ id: 'DAXV-0020', implementation: "native:my tree's" });
	const { reason } = KnownFailureList.read(file).apply(spaced);
	t.match(
		reason,
		/run --implementation 'native:my tree'\\''s' --known-failures \S+mine\.yaml --update/,
	);
});

t.test('a run, its complaint, and the command that it gives', async (t) => {
	const path = join(folder, 'v3.yaml');
	const text = readFileSync(join(libraryFolder, 'known-failures/v3.yaml'), 'utf8');
	// DAXV-0030 passes, DAXV-9999 is nowhere, DAXV-0020 fails, DAXV-0052 fails otherwise.
	const recorded = 'DAXV-0052: [warnings/fs_put_dax]';
	t.match(text, recorded);
	const otherwise = text.replace(recorded, 'DAXV-0052: [races]');
	writeFileSync(path, otherwise.replace('DAXV-0020:', 'DAXV-0030: [warnings]\n      DAXV-9999:'));
	const run = ['run', '--implementation', 'reference:v3', '--known-failures', path];
	const stale = await tool(run);
	t.match(stale, { code: 1, out: /^FAIL {4}DAXV-0020 /m });
	t.match(stale.out, /^FAIL {4}DAXV-0052 .*\n(.*\n)?.*fails otherwise than recorded \(races\)/m);
	const commands = [...stale.out.matchAll(/to strike it off: (dax-vectors run .*)$/gim)];
	t.strictSame(commands.length, 2, 'of what passes, and of what is nowhere');
	t.equal(commands[0]![1], commands[1]![1]);
	const repaired = await shell(commands[0]![1]!);
	t.match(repaired, {
		code: 1,
		out: /: removed DAXV-0030, DAXV-9999\n.*: recorded what fails in DAXV-0052: .*\n.*: added DAXV-0020: say why/,
	});
	t.match(readFileSync(path, 'utf8'), recorded);
	const listed = readFileSync(path, 'utf8');
	writeFileSync(path, listed.replace(recorded, 'DAXV-0052: []'));
	const unrecorded = await tool(['run', '-i', 'native', '--known-failures', path]);
	t.match(unrecorded, { code: 2, err: /what DAXV-0052 fails is not recorded/ });
	t.match(
		unrecorded.err,
		/To record it: dax-vectors run --implementation native --known-failures \S+v3\.yaml --update-/,
		'with what was run',
	);
	writeFileSync(path, listed);
	const blank = await tool(run);
	t.match(blank, { code: 2, err: /the reason of DAXV-0020 is blank/ });
	const again = await tool([...run, '--update-known-failures']);
	t.match(again, { code: 2, err: /is blank/ }, 'first somebody says why');
	const draft = readFileSync(path, 'utf8');
	writeFileSync(
		path,
		draft.replace('reason: ""', 'reason: it is known').replace('link: ""', `link: ${LINK}`),
	);
	const good = await tool([...run, '--update-known-failures', '-r', 'tap']);
	t.match(good, { code: 0, err: /v3\.yaml: nothing to update\n$/ }, 'stdout is for the report');
});

t.test('half a run says nothing about a list', async (t) => {
	const refused = async (...words: string[]) => {
		const { code, err } = await tool(['run', '--update-known-failures', ...words]);
		t.equal(code, 2);
		return err;
	};
	t.match(await refused('DAXV-0001'), /takes a whole run: leave out ids/);
	t.match(await refused('--tag', 'race', '--shard', '1/2'), /leave out --tag, --shard/);
	const several = ['-i', 'reference:v3', '-i', 'reference:v4', '--known-failures', file];
	t.match(await refused(...several), /mine\.yaml is the list of several/);
});
