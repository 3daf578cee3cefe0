// SPDX-License-Identifier: MIT
/** What a failure does not need is dropped; what is left fails the same way, and is still a vector. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { parseDocument } from 'yaml';
import { descend } from '../../runner/authoring/minimise/descend';
import { minimise } from '../../runner/authoring/minimise/minimise';
import { loadVector } from '../../runner/library/load';
import { OPTIONS, reference } from '../cases';
import { tool } from '../tool';

t.setTimeout(120_000);

const folder = mkdtempSync(join(tmpdir(), 'dax-vectors-minimise-'));
t.teardown(() => rmSync(folder, { recursive: true }));

/** The put/get race with much that it does not need. */
const LARGE = `# yaml-language-server: $schema=../../schema/vector.schema.json
# SPDX-License-Identifier: MIT
format: 1
id: DAXV-9999
title: A claim that races with a release, and more than that
status: open
tags: [claim, release, race]
bug:
  class: lost-update
  effect: the new holder is never told
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
    because: it says nothing that could fail
    when: {before: [claim, failure]}
    device: {alive: true}
`;

t.test('a large vector becomes the race that is in it', async (t) => {
	const file = 'DAXV-9999.yaml';
	const [old, merged] = [reference('v7.1'), reference()];
	const result = await minimise(file, LARGE, old, [merged], OPTIONS);
	const { text, message } = result!;
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

	const again = await minimise(file, text, old, [merged], OPTIONS);
	t.equal(again!.text, text, 'there is nothing more to drop, and nothing is rewritten');
});

t.test('what does not fail is not touched', async (t) => {
	t.equal(await minimise('DAXV-9999.yaml', LARGE, reference(), [], OPTIONS), undefined);
	const broken = LARGE.replace('holder: A', 'holder: Z');
	await t.rejects(minimise('DAXV-9999.yaml', broken, reference(), [], OPTIONS), {
		message: /E_HOLDER/,
	});
});

t.test('nothing is taken that would let it pass elsewhere no more', async (t) => {
	// Every step that breaks the vector on merged is refused: merged passes to the end.
	const { text } = (await minimise(
		'DAXV-9999.yaml',
		LARGE,
		reference('v7.1'),
		[reference()],
		OPTIONS,
	))!;
	t.equal(await minimise('DAXV-9999.yaml', text, reference(), [], OPTIONS), undefined);
});

t.test('the smallest is found step by step', async (t) => {
	const smaller = (list: number[]) => list.map((_, index) => list.filter((_, at) => at !== index));
	const fails = (list: number[]) => list.includes(3) && list.includes(7);
	t.same(await descend([1, 3, 5, 7, 9], smaller, fails), [3, 7]);
	t.same(await descend([1, 2], smaller, () => false), [1, 2]);
});

t.test('the command', async (t) => {
	const file = join(folder, 'DAXV-9999.yaml');
	writeFileSync(file, LARGE);
	// The newest revision that fails it reads the operations twice.
	const printed = await tool(['minimise', file]);
	t.equal(printed.code, 0);
	t.match(
		printed.err,
		/37 lines are \d+, after \d+ tries; on reference:v4 still: double-fetch: dax_holder_notify_failure\(\) of failure saw/,
	);
	t.equal(readFileSync(file, 'utf8'), LARGE, 'nothing is written unasked');

	const written = await tool(['minimise', file, '--write', '-i', 'reference:v6.12-stable']);
	t.equal(written.code, 0);
	t.equal(written.out, '');
	t.match(readFileSync(file, 'utf8'), /call: fs_dax_get_by_bdev/);
	t.equal(loadVector(file).vector.id, 'DAXV-9999');

	const none = await tool(['minimise', file, '-i', 'reference']);
	t.equal(none.code, 1);
	t.match(none.err, /nothing fails: name an implementation where it does with --implementation/);
	t.equal((await tool(['minimise'])).code, 2);
	t.equal((await tool(['minimise', join(folder, 'none.yaml')])).code, 2);
});
