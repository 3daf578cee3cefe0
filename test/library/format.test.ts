// SPDX-License-Identifier: MIT
/** The formatter of vectors. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { isMap, isNode, isScalar, type Pair, parse, parseDocument, Scalar, visit } from 'yaml';
import { formatVector } from '../../runner/library/format';
import { libraryFolder, vectorFiles } from '../../runner/library/library';
import fc from '../fast-check';
import { tool } from '../tool';

const format = (text: string): string => formatVector('draft.yaml', Buffer.from(text));

t.test('every vector of the library is formatted', async (t) => {
	for (const file of await vectorFiles()) {
		const text = readFileSync(file, 'utf8');
		t.equal(format(text), text, file);
	}
});

t.test('sorts keys, and removes needless quotes and spaces', (t) => {
	const ugly = [
		'# top',
		'id:    DAXV-0001   # the id',
		'format: 1',
		'title: "A title that needs none"',
		'',
		'# what is wrong',
		'bug:',
		'    links:',
		'        - {subject: "dax: fix", commit: 7a6db2eb6d5d, role: fixed-by}',
		'    # why',
		"    effect: 'it hurts'",
		'    model: >-',
		'         broken where',
		'         the author broke it',
		'',
		'         twice',
		'    class: deadlock',
		'threads: {b: [ {holder: A, call: fs_put_dax} ], a: [{call: kill_dax}]}',
		"device: {ops: A, holder: A, alive: true, refs: 2, zzz: '7'}",
		'',
	].join('\n');
	const fine = [
		'# top',
		'format: 1',
		'id: DAXV-0001 # the id',
		'title: A title that needs none',
		'',
		'# what is wrong',
		'bug:',
		'  class: deadlock',
		'  # why',
		'  effect: it hurts',
		'  model: >-',
		'    broken where',
		'    the author broke it',
		'',
		'    twice',
		'  links:',
		'    - {role: fixed-by, commit: 7a6db2eb6d5d, subject: "dax: fix"}',
		"device: {alive: true, holder: A, ops: A, refs: 2, zzz: '7'}",
		'threads: {b: [{call: fs_put_dax, holder: A}], a: [{call: kill_dax}]}',
		'',
	].join('\n');
	t.equal(format(ugly), fine);
	t.equal(format(fine), fine);
	t.equal(format(fine.replaceAll('\n', '\r\n')), fine);
	t.end();
});

t.test('keeps data and comments of vectors in random layouts', async (t) => {
	const texts = (await vectorFiles()).map((file) => readFileSync(file, 'utf8'));
	const spoilt = fc.record({
		text: fc.constantFrom(...texts),
		seed: fc.infiniteStream(fc.nat(1_000)),
		indent: fc.constantFrom(2, 3, 4, 8),
		padding: fc.boolean(),
		words: fc.boolean(),
	});
	fc.assert(
		fc.property(spoilt, ({ text, seed, indent, padding, words }) => {
			const next = (): number => seed.next().value as number;
			const document = parseDocument(text);
			visit(document, {
				Map(_, map, path) {
					// Names that the author chose keep their order.
					const key = path.at(-1) as Pair | undefined;
					const name = isScalar(key?.key) ? String(key.key.value) : '';
					if (!['threads', 'variants', 'outcomes', 'rules', 'holders', 'orders'].includes(name))
						if (path.length <= 1 || ['bug', 'device'].includes(name))
							map.items.sort(() => (next() % 3) - 1);
				},
				Pair(_, { key }, path) {
					const parent = path.at(-1);
					if (!words || !isNode(key) || (isMap(parent) && parent.flow)) return;
					if (next() % 7 === 0) key.commentBefore = ` said ${next()}`;
					if (next() % 7 === 0) key.spaceBefore = true;
				},
				Scalar(key, node) {
					if (key === 'key' || typeof node.value !== 'string') return;
					if (node.type === Scalar.PLAIN && next() % 2 === 0)
						node.type = next() % 2 === 0 ? Scalar.QUOTE_DOUBLE : Scalar.QUOTE_SINGLE;
				},
			});
			const given = document.toString({ indent, lineWidth: 0, flowCollectionPadding: padding });
			const once = format(given);
			if (format(once) !== once) throw new Error(`not idempotent:\n${given}`);
			t.strictSame(parse(once), parse(given));
			const said = (each: string) => (each.match(/# said \d+/g) ?? []).sort();
			t.strictSame(said(once), said(given), 'every comment');
			if (!words && !text.includes('>-')) t.equal(once, text, 'restores the layout');
		}),
		{ numRuns: 300 },
	);
});

t.test('lint refuses a layout that differs from the one that lint --fix writes', async (t) => {
	const folder = t.testdir();
	const file = join(folder, 'DAXV-0001.yaml');
	const right = readFileSync(join(libraryFolder, 'claim/DAXV-0001.yaml'), 'utf8');
	const wrong = right.replace('id: DAXV-0001', 'id:   "DAXV-0001"');
	writeFileSync(file, wrong);
	const refused = await tool(['lint', file]);
	t.match(refused, { code: 1, out: /DAXV-0001\.yaml:\d+:\d+: E_LAYOUT: the layout differs/ });
	t.match(refused.out, /\n {2}Run dax-vectors lint --fix \S+DAXV-0001\.yaml\n/);
	t.equal(readFileSync(file, 'utf8'), wrong, 'nothing is written');
	t.match(await tool(['lint', '--fix', file]), {
		code: 0,
		err: '',
		out: /: layout\n1 file without/,
	});
	t.equal(readFileSync(file, 'utf8'), right);
	writeFileSync(file, 'id:   DAXV-0001\nformat: 1\n');
	t.match(await tool(['lint', '--fix', file]), { code: 1, err: /E_MISSING_KEY/ });
	t.equal(
		readFileSync(file, 'utf8'),
		'format: 1\nid: DAXV-0001\n',
		'also formats an incomplete vector',
	);
	writeFileSync(file, 'id: [\n');
	t.match(await tool(['lint', file]), { code: 1, err: /DAXV-0001\.yaml:\d+:\d+: E_SYNTAX/ });
	const none = await tool(['lint', '--fix', join(folder, 'none')]);
	t.match(none, { code: 128, err: /cannot be read/ });
	t.match(await tool(['lint']), { code: 0, out: /: without fault\n$/ });
});
