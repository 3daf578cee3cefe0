// SPDX-License-Identifier: MIT
/** try --minimise: removes what a failure does not need; the rest fails the same way and stays a valid vector. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { parseDocument } from 'yaml';
import { descend } from '../../runner/authoring/minimise/descend';
import { minimise } from '../../runner/authoring/minimise/minimise';
import { compile } from '../../runner/library/compile';
import { loadVector, parseVector } from '../../runner/library/load';
import { decideOn, OPTIONS, reference } from '../cases';
import { tool } from '../tool';

t.setTimeout(120_000);

const folder = mkdtempSync(join(tmpdir(), 'dax-vectors-minimise-'));
t.teardown(() => rmSync(folder, { recursive: true }));

const FILE = 'DAXV-9999.yaml';

/** The put/get race with many superfluous parts. */
const LARGE = `# yaml-language-server: $schema=../../schema/vector.schema.json
# SPDX-License-Identifier: MIT
format: 1
id: DAXV-9999
title: A claim that races with a release, and more than that
status: open
tags: [claim, release, race]
bug:
  class: lost-update
  effect: the new holder is never notified
  evidence: reported
  links: [{role: report, message-id: a@b}]
variants:
  fs_dax_get: {get: fs_dax_get, busy: -EBUSY}
  fs_dax_get_by_bdev: {get: fs_dax_get_by_bdev, busy: null}
holders:
  A: {}
  B: {notify_failure: {calls: [{call: dax_holder, as: seen}]}} # B asks
device: {alive: true, holder: A, ops: A}
threads:
  release: [{call: fs_put_dax, holder: A}] # this one is needed
  claim:
    - {call: $get, holder: B, ops: B, as: got}
    - {call: dax_holder, as: who}
  failure: [{call: dax_holder_notify_failure, offset: 4096, length: 512, as: rc}]
outcomes:
  claimed:
    results: {got: ok, who: B}
    device: {alive: true, holder: B, ops: B}
  busy:
    results: {got: $busy}
    device: {alive: true, holder: null, ops: null}
rules:
  harmless:
    because: it can never fail
    when: {before: [claim, failure]}
    device: {alive: true}
`;

t.test('reduces a large vector to the race in it', async (t) => {
	const file = FILE;
	const [old, merged] = [reference('v7.1'), reference()];
	const result = await minimise({
		file,
		text: LARGE,
		failing: old,
		others: [merged],
		options: OPTIONS,
	});
	const { text, message } = result;
	t.match(message, /^ops is null at the end, expected B$/);
	t.same(Object.keys(parseDocument(text).toJS()).slice(-4), [
		'holders',
		'device',
		'threads',
		'outcomes',
	]);
	const { threads, holders, outcomes } = parseDocument(text).toJS();
	t.same(threads, {
		release: [{ call: 'fs_put_dax', holder: 'A' }],
		claim: [{ call: 'fs_dax_get', holder: 'B', ops: 'B' }],
	});
	t.same(holders, { A: {}, B: {} });
	t.same(outcomes.claimed.device, { ops: 'B' });
	t.match(text, /# this one is needed/, 'comments of what is left stay');
	t.match(text, /^# yaml-language-server/);

	const again = await minimise({ file, text, failing: old, others: [merged], options: OPTIONS });
	t.equal(again.text, text, 'a second run finds nothing to remove and keeps the layout');
});

t.test('refuses a vector that does not fail, and an invalid one', async (t) => {
	const passing = { file: FILE, failing: reference(), others: [], options: OPTIONS };
	await t.rejects(minimise({ ...passing, text: LARGE }), /nothing fails on reference/);
	const text = LARGE.replace('holder: A', 'holder: Z');
	await t.rejects(minimise({ ...passing, text }), /E_HOLDER/);
});

t.test('removes nothing whose absence would fail on another implementation', async (t) => {
	const { text } = await minimise({
		file: FILE,
		text: LARGE,
		failing: reference('v7.1'),
		others: [reference()],
		options: OPTIONS,
	});
	const [test] = compile(parseVector(FILE, Buffer.from(text)));
	t.equal((await decideOn(test!)).verdict, 'pass', 'merged still passes');
});

t.test('descend finds a candidate that no single step makes smaller', async (t) => {
	const smaller = (list: number[]) => list.map((_, index) => list.filter((_, at) => at !== index));
	const fails = (list: number[]) => list.includes(3) && list.includes(7);
	t.same(await descend([1, 3, 5, 7, 9], smaller, fails), [3, 7]);
	t.same(await descend([1, 2], smaller, () => false), [1, 2]);
});

t.test('the command prints the smaller vector, or writes it with --write', async (t) => {
	const file = join(folder, 'DAXV-9999.yaml');
	writeFileSync(file, LARGE);
	// The newest revision that fails it reads the operations twice.
	const printed = await tool(['try', file, '--minimise']);
	t.equal(printed.code, 0);
	t.match(
		printed.err,
		/37 lines are \d+, after \d+ tries; on reference:series-v4 still: double-fetch: dax_holder_notify_failure\(\) of failure saw/,
	);
	t.equal(readFileSync(file, 'utf8'), LARGE, 'without --write, the file stays');

	const written = await tool([
		'try',
		file,
		'--minimise',
		'--write',
		'-i',
		'reference:v6.12-stable',
	]);
	t.equal(written.code, 0);
	t.equal(written.out, '');
	t.match(readFileSync(file, 'utf8'), /call: fs_dax_get_by_bdev/);
	t.equal(loadVector(file).vector.id, 'DAXV-9999');

	const none = await tool(['try', file, '--minimise', '-i', 'reference']);
	t.equal(none.code, 1);
	t.match(none.err, /nothing fails: name an implementation where it does with --implementation/);
	t.equal((await tool(['try', '--minimise'])).code, 129);
	t.equal((await tool(['try', '--minimise', join(folder, 'none.yaml')])).code, 128);
});
