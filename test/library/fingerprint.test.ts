// SPDX-License-Identifier: MIT
/** Fingerprints of vectors and programs: which changes of a file change them. */
import t from 'tap';
import { compile } from '../../runner/library/compile';
import { fingerprint } from '../../runner/library/fingerprint';
import { parseVector } from '../../runner/library/load';
import type { Vector } from '../../schema/types/vector';

/** A vector that uses every part of the format. */
const TEXT = `
format: 1
id: DAXV-9999
title: A vector with some of everything
status: normative
tags: [claim, race]
bug:
  class: lost-update
  effect: only a test can suffer from it
  evidence: reported
  links: [{role: rule, message-id: a@b, by: Somebody, says: a test says so}]
variants:
  one: {get: fs_dax_get, busy: -EBUSY}
  two: {get: fs_dax_get_by_bdev, busy: null}
holders: {A: {notify_failure: {returns: -EIO}}, B: {}}
device: {alive: true, holder: A, ops: A, refs: 2}
setup: [{call: run_dax}]
threads:
  release: [{call: fs_put_dax, holder: A}]
  claim: [{call: $get, holder: B, ops: B, as: got}]
orders:
  late: {about: the claim comes late, steps: [{run: claim}], outcome: claimed}
outcomes:
  claimed: {results: {got: ok}, device: {holder: B}, must: occur}
  busy: {results: {got: $busy}, device: {holder: null}}
rules:
  kept:
    because: nobody may take it away
    when: {results: {got: ok}}
    after: {claim: {holder: B}}
warnings: {fs_put_dax: 0}
`;

const fingerprintOf = (text: string): string =>
	fingerprint(parseVector('DAXV-9999.yaml', Buffer.from(text)).vector);
const original = fingerprintOf(TEXT);

/** Returns the fingerprint after a replacement; fails if nothing is replaced. */
function after(t: { fail(message: string): unknown }, from: string, to: string): string {
	if (!TEXT.includes(from)) t.fail(`no "${from}"`);
	return fingerprintOf(TEXT.replace(from, to));
}

t.test('ignores wording, sources, named orders and the order of keys', async (t) => {
	const same: Record<string, [string, string]> = {
		title: ['A vector with some', 'A vector with a bit'],
		tags: ['[claim, race]', '[race, release]'],
		status: ['status: normative', 'status: open'],
		effect: ['only a test', 'nobody but a test'],
		class: ['class: lost-update', 'class: double-claim'],
		link: ['by: Somebody', 'by: Somebody else'],
		because: ['nobody may take', 'no one may take'],
		'about of an order': ['the claim comes late', 'the release comes early'],
		'steps of an order': ['[{run: claim}]', '[{run: release}]'],
		'order of outcomes': [
			TEXT.slice(TEXT.indexOf('  claimed: {res'), TEXT.indexOf('rules:')),
			'  busy: {device: {holder: null}, results: {got: $busy}}\n  claimed: {must: occur, results: {got: ok}, device: {holder: B}}\n',
		],
		'order of keys in a call': ['{call: fs_put_dax, holder: A}', '{holder: A, call: fs_put_dax}'],
		'order of holders': [
			'{A: {notify_failure: {returns: -EIO}}, B: {}}',
			'{B: {}, A: {notify_failure: {returns: -EIO}}}',
		],
		comment: ['setup:', '# a comment\nsetup:'],
		style: [
			'device: {alive: true, holder: A, ops: A, refs: 2}',
			'device:\n  alive: true\n  holder: A\n  ops: A\n  refs: 2',
		],
	};
	for (const [what, [from, to]] of Object.entries(same))
		t.equal(after(t, from, to), original, what);
	const orders = TEXT.slice(TEXT.indexOf('orders:'), TEXT.indexOf('outcomes:'));
	t.equal(after(t, orders, ''), original, 'no orders at all');
	t.equal(after(t, 'DAXV-9999', 'DAXV-9999 '), original, 'spaces');
});

t.test('changes with everything that can change a verdict', async (t) => {
	const other: Record<string, [string, string]> = {
		alive: ['alive: true, holder: A, ops: A', 'alive: false, holder: null, ops: null'],
		holder: ['holder: A, ops: A, refs', 'holder: B, ops: B, refs'],
		operations: ['ops: A, refs', 'ops: null, refs'],
		references: ['refs: 2', 'refs: 3'],
		setup: ['setup: [{call: run_dax}]\n', ''],
		call: ['call: fs_put_dax, holder: A', 'call: put_dax'],
		argument: ['fs_put_dax, holder: A', 'fs_put_dax, holder: B'],
		'one call more': ['holder: A}]', 'holder: A}, {call: run_dax}]'],
		'result of a callback': ['returns: -EIO', 'returns: ok'],
		'word of a variant': ['busy: -EBUSY', 'busy: -ENODEV'],
		'name of a variant': ['  two: {', '  three: {'],
		outcome: ['{holder: null}', '{holder: null, ops: null}'],
		'name of an outcome': ['  busy: {res', '  full: {res'],
		must: [', must: occur', ''],
		'condition of a rule': ['    when: {results: {got: ok}}\n', ''],
		'moment of a rule': ['after: {claim', 'after: {release'],
		'device of a rule': ['{claim: {holder: B}}', '{claim: {holder: [A, B]}}'],
		'name of a rule': ['  kept:', '  held:'],
		warnings: ['fs_put_dax: 0', 'fs_put_dax: 1'],
		'no data race': ['warnings: {', 'races: none\nwarnings: {'],
		'name of a thread': ['  release: [', '  putting: ['],
	};
	const seen = new Set([original]);
	for (const [what, [from, to]] of Object.entries(other)) {
		const changed = after(t, from, to);
		t.notOk(seen.has(changed), what);
		seen.add(changed);
	}
	const [release, claim] = TEXT.split('\n').filter((line) => /^ {2}(release|claim): \[/.test(line));
	const swapped = after(t, `${release}\n${claim}`, `${claim}\n${release}`);
	t.notOk(seen.has(swapped), 'the order of threads: they are agents 0, 1, ...');
});

t.test('is the same for "warnings: none" and for no warnings', async (t) => {
	const line = 'warnings: {fs_put_dax: 0}\n';
	t.equal(after(t, line, ''), after(t, line, 'warnings: none\n'));
});

t.test('the fingerprint of a program changes with the program only', async (t) => {
	const programs = (text: string) => {
		const file = parseVector('DAXV-9999.yaml', Buffer.from(text));
		return compile(file).map((test) => test.fingerprint);
	};
	const before = programs(TEXT);
	t.equal(new Set(before).size, 2, 'each variant has its own');
	const expected = TEXT.replace('{holder: null}', '{ops: null}').replace('some of', 'much of');
	t.strictSame(programs(expected), before, 'expectations are not part of the program');
	for (const [from, to] of [
		['refs: 2', 'refs: 3'],
		['returns: -EIO', 'returns: ok'],
		['fs_put_dax, holder: A', 'fs_put_dax, holder: B'],
	] as const) {
		const changed = programs(TEXT.replace(from, to));
		t.notOk(
			changed.some((each) => before.includes(each)),
			to,
		);
	}
	const vector: Vector = parseVector('DAXV-9999.yaml', Buffer.from(TEXT)).vector;
	t.equal(fingerprint(structuredClone(vector)), original, 'depends on the data alone');
});
