// SPDX-License-Identifier: MIT
/** Lists of known failures: how they change verdicts, and which lists are refused. */
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import t from 'tap';
import { openReference, revisionNames } from '../../implementations/reference';
import { KnownFailureList, listFile } from '../../runner/known-failures/list';
import { InvalidFile } from '../../runner/library/diagnostic';
import { libraryFolder } from '../../runner/library/library';
import { inProcess } from '../../runner/run/in-process';
import { run } from '../../runner/run/run';
import type { Completeness, Footer, Result } from '../../schema/types/report';
import { library, OPTIONS, reference } from '../cases';
import { versions } from '../native/debian';
import { failure, result } from '../records';
import { tool, toolHere } from '../tool';

const LINK = `'commit 7a6db2eb6d5d ("dax: fix holder_ops race in fs_put_dax()")'`;
/** Text of an entry, the same expectations for each id. */
const entry = (ids: string, fails = '[warnings/fs_put_dax]') =>
	`  - {fails: {${ids && `${ids.replaceAll(',', `: ${fails},`)}: ${fails}`}}, reason: as it always was, link: ${LINK}}\n`;
const WARNED = failure({ expectation: 'warnings/fs_put_dax' });
const list = (...entries: string[]) => `format: 1\ntarget: mine\nfailures:\n${entries.join('')}`;

const folder = t.testdir();

function read(text: string, name = 'mine.yaml'): KnownFailureList {
	const file = join(folder, name);
	writeFileSync(file, text);
	return KnownFailureList.read(file);
}

/** Returns the message of InvalidFile. */
function refusal(text: string, name?: string): string {
	try {
		read(text, name);
	} catch (error) {
		if (error instanceof InvalidFile) return error.message;
		throw error;
	}
	return 'accepted';
}

t.test('turns fail into xfail and pass into xpass for listed vectors only', async (t) => {
	const known = read(list(entry('DAXV-0001')));
	const apply = (given: Partial<Result>) => known.apply(result({ failures: [WARNED], ...given }));
	t.match(apply({ verdict: 'fail' }), {
		verdict: 'xfail',
		reason: 'as it always was',
		link: /^commit 7a6db2eb6d5d /,
	});
	t.match(apply({ verdict: 'pass' }), {
		verdict: 'xpass',
		reason: /^passes, but is a known failure/,
	});
	t.equal(apply({ verdict: 'fail', id: 'DAXV-0002' }).verdict, 'fail', 'unlisted');
	t.equal(apply({ verdict: 'fail', scored: false }).verdict, 'fail', 'open');
	t.equal(apply({ verdict: 'pass', scored: false }).verdict, 'pass', 'open');
	for (const verdict of ['skip', 'not-run', 'timeout', 'crash', 'error'] as const)
		t.equal(apply({ verdict }).verdict, verdict, `${verdict} stays`);
	for (const kind of ['bounded', 'driven'] as const) {
		const completeness = { ...result().completeness, kind };
		t.equal(apply({ completeness }).verdict, 'pass', `${kind}: the failure may be left out`);
	}
});

t.test('keeps the verdict fail if the failed expectations differ from the entry', async (t) => {
	const [faults, rule] = ['outcomes/faults/double-fetch', 'rules/is-told/callbacks/B'];
	const known = read(list(entry('DAXV-0001', `[${rule}, ${faults}]`)));
	const apply = (expectations: readonly string[], kind: Completeness['kind'] = 'exhaustive') =>
		known.apply(
			result({
				verdict: 'fail',
				completeness: { ...result().completeness, kind },
				failures: expectations.map((expectation) => failure({ expectation })),
			}),
		);
	const message = (difference: string) =>
		`fails differently from the known-failures entry: ${difference}; reason of the entry: as it always was; to record what fails now: dax-vectors run --implementation reference --known-failures`;
	t.equal(apply([faults, rule]).verdict, 'xfail', 'in any order');
	t.equal(apply([faults, rule, rule]).verdict, 'xfail');
	const more = apply([faults, rule, 'races']);
	t.match(more, { verdict: 'fail', link: undefined });
	t.ok(more.reason.startsWith(message('fails races')), more.reason);
	t.match(more.reason, / --update-known-failures$/);
	const less = apply([rule]);
	t.equal(less.verdict, 'fail');
	t.ok(less.reason.startsWith(message(`no longer fails ${faults}`)), less.reason);
	const other = apply(['outcomes/faults/deadlock']).reason;
	t.match(other, `: fails outcomes/faults/deadlock, no longer fails ${rule}, ${faults}; `);
	t.equal(apply([rule], 'bounded').verdict, 'xfail', 'a bounded run may miss the other');
	t.equal(apply([rule, 'races'], 'bounded').verdict, 'fail');

	const driven = read(list(entry('DAXV-0001', '[orders/late/outcome]')));
	t.equal(driven.apply(result()).verdict, 'pass', 'the order was not driven');
});

t.test('matches ids, variants and globs', async (t) => {
	const xfails = (pattern: string, id: string) =>
		read(list(entry(pattern))).apply(result({ id, verdict: 'fail', failures: [WARNED] }))
			.verdict === 'xfail';
	t.ok(xfails('DAXV-0001', 'DAXV-0001/fs_dax_get'), 'an id means all variants');
	t.ok(xfails('DAXV-0001/fs_dax_get', 'DAXV-0001/fs_dax_get'), 'one variant');
	t.notOk(xfails('DAXV-0001/fs_dax_get', 'DAXV-0001/fs_dax_get_by_bdev'), 'not a prefix of a name');
	t.ok(xfails('DAXV-0001/fs_*', 'DAXV-0001/fs_dax_get_by_bdev'), 'a glob of variants');
	t.ok(xfails('DAXV-00*', 'DAXV-0012/fs_dax_get'), 'a glob of ids');
	t.ok(xfails('DAXV-000?', 'DAXV-0007'), 'one character');
	t.notOk(xfails('DAXV-00?', 'DAXV-0010'), 'one character, not two');
	t.notOk(xfails('DAXV-00', 'DAXV-0001'), 'the whole id');
	t.ok(xfails('"DAXV-*", DAXV-9999', 'DAXV-0001'), 'one of several');
});

t.test('reports a pattern that matches no normative vector, with its place', async (t) => {
	const cases = await library();
	const problems = (...ids: string[]) =>
		read(list(...ids.map((each) => entry(each)))).problems(cases);
	t.strictSame(problems('DAXV-0001', 'DAXV-0039/fs_dax_get'), []);
	t.equal(problems('DAXV-0001, DAXV-9998', 'DAXV-0001/nobody').length, 2);
	const [stale] = problems('DAXV-0001, DAXV-9998');
	t.match(stale, /mine\.yaml:4:\d+: E_KNOWN_FAILURE: "DAXV-9998" matches no normative vector/);
	const open = cases.find(({ vector }) => vector.status === 'open')!.vector.id;
	t.equal(problems(open).length, 1, 'an open vector is not scored anyway');
});

t.test('refuses an invalid list, with the line', async (t) => {
	const without = (key: string) =>
		list(entry('DAXV-0001')).replace(new RegExp(`, ${key}: (as it always was|'.*')`), '');
	t.match(refusal(without('reason')), /mine\.yaml:4:\d+: E_MISSING_KEY: .*reason/);
	t.match(refusal(without('link')), /mine\.yaml:4:\d+: E_MISSING_KEY: .*link/);
	t.match(refusal(list(entry('DAXV-0001').replace('as it always was', 'why'))), /:4:\d+: E_/);
	t.match(refusal(list(entry('DAXV-0001').replace(LINK, 'a rumour'))), /:4:\d+: E_/);
	t.match(refusal(list(entry('DAXV-0001', '[a rumour]'))), /:4:\d+: E_VALUE/, 'no expectation');
	t.match(
		refusal(list(entry('DAXV-0001', 'races'))),
		/:4:\d+: E_TYPE/,
		'a single expectation instead of a list',
	);
	t.match(
		refusal(list(entry('DAXV-0001', '[]'))),
		/:4:\d+: E_KNOWN_FAILURE: the entry of DAXV-0001 has no expectations\n(.*\n)*.*To record them: dax-vectors run .* --update-known-failures$/,
	);
	const before = list(entry('DAXV-0001').replace(/fails: \{.*?\}/, 'ids: [DAXV-0001, DAXV-0002]'));
	t.match(refusal(before), /:4:\d+: E_UNKNOWN_KEY: unknown key "ids"/);
	t.match(refusal(list(entry(''))), /:4:\d+: E_RANGE/, 'no id');
	t.match(refusal(list(entry('0001'))), /:4:\d+: E_/, 'malformed id');
	t.match(refusal(list(), 'other.yaml'), /other\.yaml:3:\d+: E_TYPE/, 'no list');
	const misplaced = list(entry('DAXV-0001'));
	t.match(refusal(misplaced, 'other.yaml'), /other\.yaml:2:\d+: E_KNOWN_FAILURE: target "mine"/);
	t.throws(() => KnownFailureList.read(join(folder, 'none.yaml')), /E_READ/);
	t.strictSame(KnownFailureList.of('none', folder).problems([]), [], 'a target needs no list');
});

t.test('a run passes with listed failures and fails with others', async (t) => {
	const cases = (await library()).filter(({ id }) => /^DAXV-(0020|0030)$/.test(id));
	const v3 = async (...entries: string[]) => {
		const records: unknown[] = [];
		const plan = {
			implementations: [reference('v3')],
			cases,
			library: cases,
			decider: () => inProcess(OPTIONS),
			knownFailures: () => read(list(...entries)),
			options: OPTIONS,
		};
		for await (const record of run(plan)) records.push(record);
		return records.at(-1) as Footer;
	};
	t.match(await v3(entry('DAXV-0020')), { exit: 0, counts: { xfail: 1, pass: 1 } });
	t.match(await v3(entry('DAXV-00*')), { exit: 1, counts: { xfail: 1, xpass: 1 } });
	t.match(await v3(entry('DAXV-0020'), entry('DAXV-0021')), { exit: 1, problems: [/DAXV-0021/] });
	t.match(await v3(entry('DAXV-0030')), { exit: 1, counts: { fail: 1, xpass: 1 } });
});

t.test(
	'every list of the package is of a revision or Debian kernel, and is not stale',
	async (t) => {
		const cases = await library();
		const files = readdirSync(join(libraryFolder, 'known-failures'));
		t.ok(files.length > 0);
		for (const file of files) {
			const name = basename(file, '.yaml');
			const known =
				revisionNames.includes(name) || versions.some((each) => name === `debian-${each}`);
			t.ok(known, `${name} is known`);
			t.strictSame(KnownFailureList.of(name).problems(cases), [], `${name} is not stale`);
		}
	},
);
t.test('other names of a revision open its model, its list and its tokens', async (t) => {
	const aliases = { merged: 'v7.3', 'v7.2-stable': 'v7.3', v1: 'series-v1', v4: 'series-v4' };
	for (const [alias, name] of Object.entries(aliases)) {
		t.equal(openReference(alias)?.target, name);
		t.equal(listFile(alias), listFile(name));
		t.ok(existsSync(listFile(alias)), alias);
	}
	const run = ['run', 'DAXV-0020', '-i', 'reference:series-v3', '-r', 'json'];
	const { out } = await tool(run);
	const token = /"token":"([^"@]+)@series-v3"/.exec(out)?.[1];
	const replayed = await toolHere(['replay', `${token}@v3`]);
	t.match(replayed, { code: 1, out: /WARN/ });
	t.match(await tool([...run.slice(0, 4), '--known-failures', 'v3']), { code: 0 });
	const unknown = await tool([...run.slice(0, 4), '--known-failures', 'v9']);
	t.match(unknown.err, /no list of known failures "v9": .*, series-v3, .*v7\.3/);
});
