// SPDX-License-Identifier: MIT
/** Files with one mistake are refused with its place and a hint. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import t from 'tap';
import { parse } from 'yaml';
import { codes, type Diagnostic, format, InvalidFile } from '../../runner/library/diagnostic';
import { loadLibrary } from '../../runner/library/library';
import { loadVector, parseVector } from '../../runner/library/load';
import { MAX_VECTOR_BYTES } from '../../runner/library/read-text';
import { packageRoot } from '../../runner/text/package-root';

const FILE = 'DAXV-9999.yaml';
const folder = join(packageRoot, 'test/fixtures/refused');

/** The correct vector; each fixture differs from it by one mistake. */
const GOOD = `# SPDX-License-Identifier: MIT
format: 1
id: DAXV-9999
title: A claim of a free device succeeds
status: normative
tags: [claim, sequential]
bug:
  class: wrong-result
  effect: a mount fails although nobody holds the device
  evidence: reported
  links:
    - {role: rule, commit: 0123456789ab, subject: "dax: an example", says: whoever comes first gets it}
holders: {A: {}, B: {}}
device: {alive: true, holder: null, ops: null}
threads:
  claim: [{call: fs_dax_get, holder: A, ops: A, as: got}]
outcomes:
  claimed: {results: {got: ok}, device: {holder: A, ops: A}}
`;

interface Expected {
	readonly code: string;
	/** 0 for the whole file. */
	readonly line: number;
	readonly column: number;
	readonly message?: string;
}

const manifest = Object.entries(
	parse(readFileSync(join(folder, 'expected.yaml'), 'utf8')) as Record<string, Expected>,
);

/** Codes without a fixture, with the place of their test. */
const ELSEWHERE: Record<string, string> = {
	E_READ: 'below: it needs a missing file',
	E_SIZE: 'below: a fixture of that size would not be readable',
	E_DUPLICATE_ID: 'below: it needs two files',
	E_LEDGER: 'with the ledger',
	E_KNOWN_FAILURE: 'with the known failures',
	E_PROFILE: 'with the profiles',
	E_MAIL: 'with the mails',
	E_MAIL_HEADER: 'with the mails',
	E_MAIL_MIME: 'with the mails',
	E_SPLAT: 'with the kernel logs',
	E_LAYOUT: 'with the layout of vectors',
};

async function refusal(load: () => unknown): Promise<readonly Diagnostic[]> {
	try {
		await load();
	} catch (error) {
		if (error instanceof InvalidFile) return error.diagnostics;
		throw error;
	}
	return [];
}

t.test('accepts the correct vector', async (t) => {
	t.equal(parseVector(FILE, Buffer.from(GOOD)).vector.id, 'DAXV-9999');
});

/** Correct vectors that resemble a mistake: replacements in the correct vector. */
const NEIGHBOURS: Record<string, [string, string][]> = {
	tombstone: [['status: normative', 'status: retired\nretired: {reason: it was wrong}']],
	'bare tombstone': [
		[
			GOOD.slice(GOOD.indexOf('status:')),
			'status: retired\nretired: {reason: it was wrong}\ntags: [claim]\n',
		],
	],
	'open without a rule': [
		['normative', 'open'],
		['role: rule', 'role: report'],
	],
	'state made by setup': [
		['threads:', 'setup: [{call: fs_dax_get, holder: null, ops: B}]\nthreads:'],
	],
	'held without operations': [['holder: null, ops: null}', 'holder: A, ops: null, refs: 2}']],
	'holder as result': [
		['as: got}]', 'as: got}, {call: dax_holder, as: who}]'],
		['got: ok}', 'got: [ok, not-called], who: [A, null]}'],
	],
	'stop at the return of a call in a callback': [
		['B: {}', 'B: {notify_failure: {calls: [{call: kill_dax, as: killed}]}}'],
		['outcomes:', 'orders: {first: {steps: [{run: claim, until: {returned: killed}}]}}\noutcomes:'],
	],
	'words that are near a placeholder': [
		['A claim of', 'TODOS are not placeholders, and a claim of'],
		['a mount fails', 'an entry of a TODO list, or todo,'],
	],
	'names of prototypes': [
		['  claimed:', '  constructor:'],
		['  claim: ', '  toString: '],
	],
	'outcomes that differ in results': [
		['A}}\n', 'A}}\n  busy: {results: {got: [-EBUSY, -ENODEV]}}\n'],
	],
	'outcomes that differ in a field': [['A}}\n', 'A}}\n  free: {device: {ops: [null, B]}}\n']],
	'outcomes that differ in callbacks': [
		[
			'A}}\n',
			'A}, callbacks: {A: [0, 1]}}\n  told: {results: {got: ok}, callbacks: {A: {times: 2}}}\n',
		],
	],
	'outcomes that differ in warnings': [
		['A}}\n', 'A}}\n  warned: {results: {got: ok}, warnings: {fs_put_dax: 1}}\n'],
	],
	'outcomes that differ in faults': [
		['A}}\n', 'A}}\n  stuck: {results: {got: ok}, faults: [deadlock]}\n'],
	],
};

for (const [name, words] of Object.entries(NEIGHBOURS))
	t.test(`accepts a correct vector: ${name}`, async (t) => {
		let text = GOOD;
		for (const [word, other] of words) {
			t.equal(text.split(word).length, 2, `"${word}" occurs once`);
			text = text.replace(word, () => other);
		}
		t.same(await refusal(() => parseVector(FILE, Buffer.from(text))), []);
	});

t.test('the manifest lists exactly the fixtures', async (t) => {
	const files = readdirSync(folder).filter((name) => name !== 'expected.yaml');
	t.same(files.sort(), manifest.map(([name]) => name).sort());
});

t.test('every code has a fixture, or is tested elsewhere', async (t) => {
	const covered = new Set([...manifest.map(([, { code }]) => code), ...Object.keys(ELSEWHERE)]);
	t.same([...covered].sort(), Object.keys(codes).sort());
});

for (const [name, expected] of manifest)
	t.test(`refuses the fixture ${name} with its code and place`, async (t) => {
		const bytes = readFileSync(join(folder, name));
		const diagnostics = await refusal(() => parseVector(FILE, bytes));
		t.equal(diagnostics.length, 1, 'one mistake, one diagnostic');
		const [diagnostic] = diagnostics;
		if (!diagnostic) return;
		const { code, line, column, message, hint } = diagnostic;
		t.same([code, line, column], [expected.code, expected.line, expected.column]);
		t.ok(message.includes(expected.message ?? ''), `${message}: ${expected.message}`);
		t.not(hint, '');

		const text = format(diagnostic);
		t.notMatch(text, /(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u, 'no control characters');
		const [head, excerpt, caret, ...rest] = text.split('\n');
		if (line === 0) {
			t.equal(head, `${FILE}: ${code}: ${message}`);
			return;
		}
		t.ok(head!.startsWith(`${FILE}:${line}:${column}: ${code}: `), `${head}`);
		// The excerpt above the caret is the line of the file.
		const meant = bytes.toString().split('\n')[line - 1]!;
		t.equal(excerpt!.indexOf('|'), caret!.indexOf('|'));
		const shown = excerpt!.slice(excerpt!.indexOf('|') + 2);
		t.equal(
			shown,
			meant
				.replace(/[\t]/g, ' ')
				.replace(/(?!\n)[\p{Cc}\p{Cf}]/gu, '\u00b7')
				.slice(0, 96),
		);
		t.match(caret, /^ +\| *\^$/);
		t.equal(caret!.indexOf('^') - caret!.indexOf('|') - 1, column);
		t.same(rest, [`  ${hint}`]);
	});

t.test('refuses a file larger than 64 KiB', async (t) => {
	const padded = (size: number) => Buffer.from(`${GOOD}#`.padEnd(size - 1, '#').concat('\n'));
	t.equal(
		parseVector(FILE, padded(MAX_VECTOR_BYTES)).vector.id,
		'DAXV-9999',
		'64 KiB are accepted',
	);
	const [diagnostic] = await refusal(() => parseVector(FILE, padded(MAX_VECTOR_BYTES + 1)));
	t.match(diagnostic, { code: 'E_SIZE', line: 0, message: /more than 65536 bytes/ });
});

t.test('refuses a file that does not exist', async (t) => {
	const [diagnostic] = await refusal(() => loadVector(join(t.testdir(), FILE)));
	t.match(diagnostic, { code: 'E_READ', line: 0, message: /ENOENT/ });
});

t.test('reports a repeated id along with the diagnostics of other files', async (t) => {
	const library = t.testdir({ a: { [FILE]: GOOD }, b: { [FILE]: GOOD } });
	const [diagnostic, ...others] = await refusal(() => loadLibrary(library));
	const other = relative(process.cwd(), join(library, 'a', FILE));
	t.match(diagnostic, { code: 'E_DUPLICATE_ID', line: 3, column: 5, message: other });
	t.same(others, []);

	mkdirSync(join(library, 'c'));
	writeFileSync(join(library, 'c', 'DAXV-9998.yaml'), '');
	const both = await refusal(() => loadLibrary(library));
	t.same(
		both.map(({ code }) => code),
		['E_DOCUMENTS', 'E_DUPLICATE_ID'],
	);
});

t.test('sorts a library by id', async (t) => {
	const earlier = GOOD.replace('9999', '9998');
	const library = t.testdir({ a: { [FILE]: GOOD }, b: { 'DAXV-9998.yaml': earlier } });
	const files = await loadLibrary(library);
	t.same(
		files.map(({ vector }) => vector.id),
		['DAXV-9998', 'DAXV-9999'],
	);
});
