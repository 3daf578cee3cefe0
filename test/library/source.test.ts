// SPDX-License-Identifier: MIT
/** Places of diagnostics, and limits of YAML files. */
import t from 'tap';
import { type Diagnostic, format, InvalidFile } from '../../runner/library/diagnostic';
import { YamlSource } from '../../runner/library/yaml-source';

const parse = (text: string | Buffer): YamlSource => YamlSource.parse('x.yaml', Buffer.from(text));

/** Returns the formatted diagnostic for a value without its first line, and its place. */
function at(text: string, path: (string | number)[], what: 'value' | 'key' = 'value') {
	const diagnostic = parse(text).diagnose(path, {
		code: 'E_VALUE',
		message: 'wrong',
		hint: 'mend it',
		at: what,
	});
	const [head, excerpt, caret] = format(diagnostic).split('\n');
	return { head, excerpt, caret, place: [diagnostic.line, diagnostic.column] };
}

function refusal(text: string | Buffer): Diagnostic | undefined {
	try {
		parse(text);
	} catch (error) {
		if (error instanceof InvalidFile) return error.diagnostics[0];
		throw error;
	}
	return undefined;
}

t.test('counts a tab as one column', async (t) => {
	const { place, excerpt, caret } = at('a:\t\tb\n', ['a']);
	t.same(place, [1, 5]);
	t.equal(excerpt, '  1 | a:  b');
	t.equal(caret, '    |     ^');
});

t.test('takes CRLF as a line end and does not print it', async (t) => {
	const { place, excerpt, caret } = at('a: 1\r\nb: 2\r\nc: 3\r\n', ['b']);
	t.same(place, [2, 4]);
	t.equal(excerpt, '  2 | b: 2');
	t.equal(caret, '    |    ^');
});

t.test('counts columns in UTF-16 code units, as editors do', async (t) => {
	for (const before of ['\u00e9', '\u{1f980}', '\u4e2d', 'e\u0301']) {
		const { place, excerpt, caret } = at(`{a: "${before}", b: 1}`, ['b']);
		t.same(place, [1, 12 + before.length]);
		t.equal(excerpt, `  1 | {a: "${before}", b: 1}`);
		t.equal(caret!.indexOf('^'), excerpt!.indexOf('1}'));
	}
});

t.test('prints the part of a long line around the caret', async (t) => {
	const long = `{a: ${'x'.repeat(300)}, bcd: 12345, e: ${'y'.repeat(300)}}`;
	const { place, excerpt, caret } = at(long, ['bcd']);
	t.same(place, [1, 312]);
	t.equal(excerpt!.length, '  1 | '.length + 96);
	t.equal(excerpt!.slice(caret!.indexOf('^')).slice(0, 6), '12345,');
	t.equal(caret, `    | ${' '.repeat(47)}^`);
});

t.test('clips the excerpt from column 97 on', async (t) => {
	for (const [column, shown] of [
		[96, 'a: ['],
		[97, 'xxxx'],
	] as const) {
		const { place, excerpt, caret } = at(`a: [${'x'.repeat(column - 7)}, b]`, ['a', 1]);
		t.same(place, [1, column]);
		t.equal(excerpt!.slice(6, 10), shown);
		t.equal(excerpt![caret!.indexOf('^')], 'b');
	}
});

t.test('widens the margin with the line number', async (t) => {
	const { excerpt, caret } = at(`${'#\n'.repeat(99)}a: b\n`, ['a']);
	t.same([excerpt, caret], ['  100 | a: b', '      |    ^']);
});

t.test('points at keys, values, items, and the parent of absent ones', async (t) => {
	const text = 'a:\n  b: [c, d]\n  "e": f\n';
	t.same(at(text, ['a', 'b'], 'key').place, [2, 3]);
	t.same(at(text, ['a', 'b']).place, [2, 6]);
	t.same(at(text, ['a', 'b', 1]).place, [2, 10]);
	t.same(at(text, ['a', 'e'], 'key').place, [3, 3]);
	t.same(at(text, ['a', 'none'], 'key').place, [2, 3], 'at the parent');
	t.same(at(text, ['none']).place, [1, 1]);
	t.same(at('a: &x {b: 1}\nc: *x\n', ['c', 'b']).place, [2, 4], 'at the alias');
	t.same(parse(text).line(['a', 'e']), { line: 3, text: '"e": f' });
});

t.test('points behind the last word for a mistake at the end', async (t) => {
	t.match(refusal('a: "b\n\n\n'), { code: 'E_SYNTAX', line: 1, column: 6, excerpt: 'a: "b' });
});

t.test('prints a message as one line without control characters', async (t) => {
	const text = '{"\\tb\\r\\nc": 1}';
	const source = parse(text);
	const key = Object.keys(source.data as object)[0]!;
	const shown = format(
		source.diagnose([key], { code: 'E_VALUE', message: `key ${key}\u001b[2J\u202e`, hint: 'a\nb' }),
	);
	t.same(shown.split('\n')[0], 'x.yaml:1:14: E_VALUE: key  b  c\u00b7[2J\u00b7');
	t.same(shown.split('\n').at(-1), '  a b');
	t.ok(
		format(
			source.diagnose([], {
				code: 'E_VALUE',
				message: 'x'.repeat(60_000),
				hint: 'y'.repeat(60_000),
			}),
		).length < 1000,
	);
});

t.test('points at a byte that is not UTF-8', async (t) => {
	// Follows two-byte letters, so that bytes and columns differ.
	const bytes = Buffer.concat([Buffer.from('a: \u00e9\nb: \u00e9'), Buffer.from([0xe9, 0x0a])]);
	t.match(refusal(bytes), { code: 'E_ENCODING', line: 2, column: 5, message: /0xe9/ });
});

t.test('counts the nesting of one place, not of the whole file', async (t) => {
	let next = 0;
	t.equal(refusal(`a: ${'['.repeat(31)}${']'.repeat(31)}\n`), undefined);
	t.equal(refusal(`a: ${'['.repeat(32)}${']'.repeat(32)}\n`)?.code, 'E_SYNTAX');
	t.equal(refusal(`a: {${'b%: 1, '.repeat(99).replace(/%/g, () => `${next++}`)}}\n`), undefined);
	t.equal(refusal(`a: [${'[{b: 1}, {c: 2}], '.repeat(500)}]\n`), undefined);
	t.equal(
		refusal(`a: "${'['.repeat(999)}" # ${'{'.repeat(999)}\nb: |\n  ${'- '.repeat(99)}\n`),
		undefined,
	);
	t.equal(refusal('a:\n  - b: 1\n'.concat('  - b: 1\n'.repeat(999))), undefined);
	t.equal(refusal(`a: ]${'['.repeat(40)}`)?.message, 'more than 32 nested levels');
});

t.test('refuses deep nesting before it overflows the stack', async (t) => {
	const nested = Array.from({ length: 350 }, (_, index) => `${' '.repeat(index)}a:\n`).join('');
	for (const deep of ['[', '{', '- ', '? ', ': ', '{a: ', '[? ', '{a: 1, b: : ', '- ? '])
		t.match(refusal(deep.repeat(60_000 / deep.length)), {
			code: 'E_SYNTAX',
			message: /32 nested levels/,
		});
	for (const flow of ['[', '{'])
		for (const deep of ['? ', ': ', '<<: '])
			t.match(refusal(flow + deep.repeat(9999)), { code: 'E_SYNTAX', message: /32 nested levels/ });
	t.match(refusal(nested), { code: 'E_SYNTAX', line: 64, message: /32 nested levels/ });
});

t.test('accepts eight anchors and aliases, and tags of plain values', async (t) => {
	t.same(parse('[&a 1, *a, *a, *a, *a, *a, *a, *a]').data, Array(8).fill(1));
	t.same(parse('a: !!str 5\nb: !!int "6"\nc: ! 7\n').data, { a: '5', b: 6, c: '7' });
	t.same(parse('a: &b [1]\nc: &d [*b, *b, *b]\ne: [*d, *d, *d]\n').data, {
		a: [1],
		c: [[1], [1], [1]],
		e: Array(3).fill([[1], [1], [1]]),
	});
});
