// SPDX-License-Identifier: MIT
/** try: outcomes that a draft could allow, from its program alone. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { loadProgram } from '../../runner/authoring/try/program';
import { compile } from '../../runner/library/compile';
import { parseVector } from '../../runner/library/load';
import { decideOn } from '../cases';
import { debianTree } from '../native/debian';
import { needs } from '../needs';
import { tool } from '../tool';

t.setTimeout(120_000);

const folder = mkdtempSync(join(tmpdir(), 'dax-vectors-try-'));
t.teardown(() => rmSync(folder, { recursive: true }));

const PROGRAM = `holders: {A: {}, B: {}}
device: {alive: true, holder: A, ops: A}
threads:
  release: [{call: fs_put_dax, holder: A}]
  claim: [{call: fs_dax_get_by_bdev, holder: B, ops: B, as: got}]
`;

const DRAFT = `# SPDX-License-Identifier: MIT
format: 1
id: TODO
title: TODO what must hold
status: open
bug:
  class: TODO
${PROGRAM}outcomes: TODO
`;

function draft(text: string, name = 'draft.yaml'): string {
	const file = join(folder, name);
	writeFileSync(file, text);
	return file;
}

t.test('proposes outcomes that can be pasted, for a draft with placeholders', async (t) => {
	const { code, out } = await tool(['try', draft(DRAFT)]);
	t.equal(code, 0);
	const proposed = out.slice(0, out.indexOf('\n\n'));
	t.match(proposed, /^outcomes:\n/);
	t.match(proposed, /# 2 of 3 traces on v7\.3\n {2}got-ok-ops-B:\n/);
	t.match(
		proposed,
		/# not on v7\.3: only on v6\.0 v6\.8 v6\.12-stable v7\.1\n {2}# got-ok-no-ops:\n/,
		'an end that only some revisions show',
	);
	for (const name of ['got-ok-ops-B', 'got-ok-no-ops', 'got-null-no-ops'])
		t.match(
			out,
			new RegExp(`\\n${name}, on .*\\n +release +claim\\n`),
			`an execution with ${name}`,
		);
	t.match(out, /holder_ops B -> NULL \(plain\)/);

	const head = `format: 1
id: DAXV-9999
title: A vector that was tried
status: open
tags: [race]
bug: {class: lost-update, effect: it is only a test, evidence: reported, links: [{role: report, message-id: a@b}]}
`;
	const vector = parseVector('DAXV-9999.yaml', Buffer.from(`${head}${PROGRAM}${proposed}\n`));
	const [test] = compile(vector);
	t.equal((await decideOn(test!)).verdict, 'pass');
	t.equal((await decideOn(test!, 'v6.12-stable')).verdict, 'fail');
});

t.test('names results by the words of a variant, and targets that lack a call', async (t) => {
	const text = DRAFT.replace('call: fs_dax_get_by_bdev', 'call: $get').replace(
		'holders:',
		`variants:
  fs_dax_get: {get: fs_dax_get, busy: -EBUSY}
  fs_dax_get_by_bdev: {get: fs_dax_get_by_bdev, busy: null}
holders:`,
	);
	const { code, out } = await tool(['try', draft(text)]);
	t.equal(code, 0);
	t.match(out, /# fs_dax_get: v6\.0: no fs_dax_get\(\)/);
	t.match(
		out,
		/# variant fs_dax_get_by_bdev\noutcomes:/,
		'the variants differ: a busy lookup leaks',
	);
	t.match(out, /got-busy-no-ops:\n {4}results: \{got: \$busy\}/);
});

t.test('the last --implementation counts as right', async (t) => {
	const { out } = await tool([
		'try',
		draft(DRAFT),
		'-i',
		'reference',
		'-i',
		'reference:v6.12-stable',
	]);
	t.match(out, /traces on v6\.12-stable, not on v7\.3\n {2}got-ok-no-ops:/);
	const none = DRAFT.replace('fs_dax_get_by_bdev', 'fs_dax_get');
	const { code, err } = await tool(['try', draft(none), '-i', 'reference:v6.0']);
	t.equal(code, 128);
	t.match(err, /none of the implementations has the calls/);
});

t.test('two trees are named apart and counted apart', needs('cc', 'kernel source'), async (t) => {
	const old = `native:${debianTree('6.12')}`;
	const merged = `native:${debianTree('7.3')}`;
	const { code, out, err } = await tool(['try', draft(DRAFT), '-i', old, '-i', merged]);
	t.match({ code, err }, { code: 0, err: '' });
	t.match(out, `  # 2 of 3 traces on ${merged}\n  got-ok-ops-B:\n`);
	t.match(out, `  # not on ${merged}: only on ${old}\n  # got-ok-no-ops:\n`);
	t.match(out, `\ngot-ok-no-ops, on ${old}\n`);
	t.match(await tool(['try', draft(DRAFT), '-i', old, '-i', old]), {
		code: 129,
		err: /--implementation native:.* is given twice/,
	});
});

t.test('reports an invalid program with its place in the file', async (t) => {
	const wrong: [string, string, RegExp][] = [
		['fs_put_dax, holder: A', 'fs_put_dax, holder: Z', /draft\.yaml:11:40: E_HOLDER/],
		['fs_put_dax', 'fs_put_daxx', /draft\.yaml:11:/],
		['ops: A', 'ops: B', /draft\.yaml:9:/],
		['holders:', 'holders: [', /E_SYNTAX/],
		[PROGRAM, '', /E_MISSING_KEY/],
	];
	for (const [old, now, expected] of wrong) {
		const file = draft(DRAFT.replace(old, now));
		t.throws(() => loadProgram(file), { diagnostics: Array, message: expected });
		const { code, err } = await tool(['try', file]);
		t.equal(code, 128);
		t.match(err, expected);
	}
	t.equal((await tool(['try', join(folder, 'none.yaml')])).code, 128);
	t.equal((await tool(['try'])).code, 129);
});

t.test('--watch explores again when the file changes, even after an invalid version', async (t) => {
	const file = draft(DRAFT, 'watched.yaml');
	const steps: [RegExp, string | null][] = [
		[/got-ok-ops-B, on/, DRAFT.replace('holder: A}]', 'holder: Z}]')],
		[/(--- \d[\s\S]*){2}/, DRAFT.replace('fs_dax_get_by_bdev', 'fs_dax_get')],
		[/got-EBUSY/, null],
	];
	const { code, out, err } = await tool(['try', file, '--watch'], {
		watch: (seen, child) => {
			const [expected, next] = steps[0] ?? [];
			if (!expected?.test(seen)) return;
			steps.shift();
			if (!next) child.kill('SIGINT');
			// watchFile compares times, so two changes within one tick look like none.
			else setTimeout(() => writeFileSync(file, next), 1100);
		},
	});
	t.equal(code, 0);
	t.match(out, /got-EBUSY/);
	t.match(err, /E_HOLDER/);
});
