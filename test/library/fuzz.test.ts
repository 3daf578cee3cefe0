// SPDX-License-Identifier: MIT
/** Mutated files are loaded or refused with diagnostics: no other error, no hang, nothing invalid accepted. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import Ajv from 'ajv/dist/2020';
import t from 'tap';
import { parse } from 'yaml';
import { codes, format, InvalidFile } from '../../runner/library/diagnostic';
import { parseVector } from '../../runner/library/load';
import { packageRoot } from '../../runner/text/package-root';
import { needs } from '../needs';

const FILE = 'DAXV-9999.yaml';
const INPUTS = 1_000;
const MORE_INPUTS = 10_000;
/** Milliseconds of CPU time for one input; a busy machine makes elapsed time longer, but not CPU time. */
const MAX_CPU_MS = 2000;
/** Constant by default, so that failures are reproducible; FUZZ_SEED=N uses other inputs. */
const seed = Number(process.env.FUZZ_SEED ?? 20260820);

/** A vector that uses every key. */
const RICH = `# SPDX-License-Identifier: MIT
format: 1
id: DAXV-9999
title: A claim that races with a release and a removal, seen from everywhere
status: normative
tags: [claim, release, removal, race]
bug:
  class: lost-update
  effect: nobody is told
  evidence: inferred
  model: the reference loses the operations in 2 of 49 traces
  links:
    - {role: rule, message-id: a@example.org, by: somebody, says: something}
    - {role: fixed-by, commit: 0123456789ab, subject: "dax: an example"}
variants:
  get: {get: fs_dax_get, busy: -EBUSY}
  get-by-bdev: {get: fs_dax_get_by_bdev, busy: null}
holders:
  A: {notify_failure: {returns: -EIO, calls: [{call: dax_holder, as: inner}]}}
  B: &nothing {}
  C: *nothing
device: {alive: true, holder: A, ops: A, refs: 3}
setup: [{call: run_dax}]
threads:
  release: [{call: fs_put_dax, holder: A, as: put}]
  claim: [{call: $get, holder: B, ops: B, as: got}]
  failure: [{call: dax_holder_notify_failure, offset: 0, length: U64_MAX, flags: 0, as: told}]
orders:
  lost: {about: one, steps: [{run: release, until: {after: holder_data, how: rmw, nth: 1}}, {run: claim}], outcome: claimed}
  other: {steps: [{run: claim, until: {returned: got}}, {run: failure, until: {blocked: true}}]}
outcomes:
  claimed: {results: {got: ok, told: [ok, -EIO]}, device: {alive: true, holder: B, refs: [0, 1]}, must: occur}
  busy: {results: {got: $busy}, callbacks: {A: {times: [0, 1], flags: 0}}, warnings: {fs_put_dax: 1}}
rules:
  first: {because: so, when: {before: [put, claim], results: {got: ok}}, after: {got: {holder: [A, B]}}}
  second: {throughout: {from: put, until: failure, device: {ops: null}}, quiet: {after: put, holder: A}}
warnings: none
races: none
`;

const root = packageRoot;
const text = (path: string): string => readFileSync(path, 'latin1');
const yamlIn = (folder: string): string[] =>
	readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
		.filter((name) => name.endsWith('.yaml'))
		.sort()
		.map((name) => text(join(root, folder, name)).replace(/^id: DAXV-\d+/m, 'id: DAXV-9999'));

/** Texts to mutate, in Latin-1, so that mutations work on bytes. The rich vector is repeated: it has the most keys. */
const corpus = [
	...Array<string>(80).fill(RICH),
	...yamlIn('test/fixtures/refused'),
	...yamlIn('vectors').filter((content) => /^id: DAXV-9999/m.test(content)),
];

const schemas = ['common', 'vector'].map((name) =>
	JSON.parse(text(join(root, 'schema', `${name}.schema.json`))),
);
const words = JSON.stringify(schemas).match(/(?<=")[$\w-]{1,32}(?=")/g)!;
const MARKS = [
	...'{}[]:,-?&*!|>\'"%@#`~\n\t\r \0\x1b\xe2\xff',
	': ',
	'- ',
	'? ',
	'&a ',
	'*a',
	'<<: ',
	'!!set ',
];

/** The mulberry32 generator: small and portable. */
function random(state: number): (below: number) => number {
	let a = state;
	return (below) => {
		a = (a + 0x6d2b79f5) | 0;
		let b = Math.imul(a ^ (a >>> 15), 1 | a);
		b = (b + Math.imul(b ^ (b >>> 7), 61 | b)) ^ b;
		return Math.floor((((b ^ (b >>> 14)) >>> 0) / 2 ** 32) * below);
	};
}

const below = random(seed);
const pick = <T>(from: readonly T[]): T => from[below(from.length)]!;
const splice = (from: string, at: number, gone: number, added: string): string =>
	from.slice(0, at) + added + from.slice(at + gone);

/** Replaces one match of a pattern. */
function replaceOne(from: string, pattern: RegExp, by: (found: string) => string): string {
	const found = pick([...from.matchAll(pattern), undefined]);
	return found ? splice(from, found.index, found[0].length, by(found[0])) : from;
}

function onLines(
	from: string,
	change: (lines: string[], at: number, other: number) => void,
): string {
	const lines = from.split('\n');
	change(lines, below(lines.length), below(lines.length));
	return lines.join('\n');
}

const NAME = /[$\w-]+/g;
const KEY = /[$\w-]+(?=:)/g;
const VALUE = /(?<=: )[$\w-]+/g;
const byte = (): string => String.fromCharCode(below(256));
const mutations: readonly ((from: string) => string)[] = [
	(from) => splice(from, below(from.length), 1, byte()),
	(from) => splice(from, below(from.length), below(8), ''),
	(from) => splice(from, below(from.length), below(2), pick(MARKS)),
	(from) => splice(from, below(from.length), 0, pick(MARKS).repeat(below(99) ? below(40) : 8_000)),
	(from) => from.slice(0, below(from.length)),
	(from) => from + pick(['', '\n', '---\n', '...\n']) + pick(corpus),
	(from) => onLines(from, (lines, at) => lines.splice(at, 1)),
	(from) => onLines(from, (lines, at, other) => lines.splice(at, 0, lines[other]!)),
	(from) =>
		onLines(from, (lines, at, other) => lines.splice(at, 1, ...lines.splice(other, 1, lines[at]!))),
	(from) => replaceOne(from, NAME, () => pick(from.match(NAME) ?? ['x'])),
	(from) => replaceOne(from, VALUE, () => pick(from.match(VALUE) ?? ['x'])),
	(from) => replaceOne(from, NAME, () => pick(words)),
	(from) => replaceOne(from, KEY, () => pick(words)),
	(from) => replaceOne(from, KEY, (key) => key + pick(['s', '_', '-', '1', 'x'])),
	(from) =>
		replaceOne(from, VALUE, () =>
			pick(['null', '{}', '[]', '-1', '1e999', '[x, x]', '{a: b}', 'true']),
		),
];

function input(): Buffer {
	if (below(50) === 0)
		return Buffer.from(Array.from({ length: below(200) }, byte).join(''), 'latin1');
	let content = pick(corpus);
	for (let count = below(2) * below(4); count >= 0; count--) content = pick(mutations)(content);
	return Buffer.from(content, 'latin1');
}

const validate = new Ajv({ strict: false, schemas: schemas.slice(0, 1) }).compile(schemas[1]);

/** Loads an input and counts the result; returns a problem, or undefined if there is none. */
function problem(bytes: Buffer, counts: Map<string, number>): string | undefined {
	const start = process.cpuUsage();
	const found = wrong(bytes, counts);
	const { user, system } = process.cpuUsage(start);
	return found ?? ((user + system) / 1000 > MAX_CPU_MS ? 'it hangs' : undefined);
}

function wrong(bytes: Buffer, counts: Map<string, number>): string | undefined {
	const count = (what: string) => counts.set(what, (counts.get(what) ?? 0) + 1);
	try {
		const { source } = parseVector(FILE, bytes);
		count('accepted');
		const plain = parse(bytes.toString(), { logLevel: 'silent' });
		if (!validate(plain)) return 'accepted, but invalid';
		return isDeepStrictEqual(plain, source.data) ? undefined : 'accepted, but read differently';
	} catch (error) {
		if (!(error instanceof InvalidFile)) return `${(error as Error).stack}`;
		const lines = bytes.toString().split('\n');
		for (const diagnostic of error.diagnostics) {
			const { code, line, column } = diagnostic;
			count(code);
			if (!Object.hasOwn(codes, code)) return `no such code: ${code}`;
			const width = line === 0 ? -1 : lines[line - 1]?.length;
			if (width === undefined || column < Math.min(line, 1) || column > width + 1)
				return `no such place: ${line}:${column}`;
			if (/(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(format(diagnostic)))
				return `not printable: ${format(diagnostic)}`;
		}
		return error.diagnostics.length > 0 ? undefined : 'refused without a diagnostic';
	}
}

for (const [inputs, needed] of [
	[INPUTS, {}],
	[MORE_INPUTS, needs('time')],
] as const)
	t.test(`loads or refuses ${inputs} mutated inputs, FUZZ_SEED=${seed}`, needed, async (t) => {
		const counts = new Map<string, number>();
		t.equal(problem(Buffer.from(RICH), counts), undefined, 'the rich vector');
		t.equal(counts.get('accepted'), 1, 'the rich vector is accepted');
		for (let index = 0; index < inputs; index++) {
			const bytes = input();
			const found = problem(bytes, counts);
			if (found !== undefined)
				t.fail(`input ${index}: ${found}`, { input: bytes.toString().slice(0, 4000) });
		}
		t.comment(Object.fromEntries(counts));
		t.ok((counts.get('accepted') ?? 0) > inputs / 50, 'many were accepted');
		t.ok(counts.size > 20, 'the others are refused for many reasons');
	});

t.test('refuses a file with thousands of mistakes within the CPU limit', async (t) => {
	const numbered = (from: string, count: number): string =>
		Array.from({ length: count }, (_, index) => from.replaceAll('N', `${index}`)).join('');
	const cases: Record<string, string> = {
		'unknown keys': numbered('kN:\n', 8000),
		'duplicate keys': 'k:\n'.repeat(16_000),
		'invalid names': `threads:\n${numbered(' _N: []\n', 6000)}`,
		'empty outcomes': `outcomes: {${numbered('oN: {}, ', 6000)}}`,
		'broken lines': `a: b\n${'%\n'.repeat(30_000)}`,
		'closing brackets': `a: []${']'.repeat(60_000)}`,
		documents: '---\n'.repeat(16_000),
		'undefined holders': RICH.replace(
			'outcomes:\n',
			(key) => key + numbered('  xN: {callbacks: {HN: 0}}\n', 1500),
		),
	};
	for (const [name, content] of Object.entries(cases)) {
		const counts = new Map<string, number>();
		t.equal(problem(Buffer.from(content), counts), undefined, name);
		const count = [...counts.values()].reduce((a, b) => a + b);
		t.ok(count <= 10 && !counts.has('accepted'), `${count} diagnostics of ${name}`);
	}
});
