// SPDX-License-Identifier: MIT
/** Markdown, read by GitHub's parser: Debian's cmark-gfm. */
import { spawnSync } from 'node:child_process';
import t from 'tap';
import { failureDiagram } from '../../runner/diagram/columns';
import { markdown } from '../../runner/report/markdown';
import { needs } from '../needs';
import { failure, lanesOf, report, result, written } from '../records';

const CMARK = needs('cmark-gfm');

/** HTML before GitHub sanitises it. */
function html(text: string): string {
	const options = { input: text, encoding: 'utf8' } as const;
	const { status, stdout, stderr, error } = spawnSync(
		'cmark-gfm',
		['--unsafe', '-e', 'table'],
		options,
	);
	if (status !== 0) throw new Error(`cmark-gfm: ${error ?? stderr}`);
	return stdout;
}

/** Text of each element with a name. */
const within = (text: string, name: string): string[] =>
	[...text.matchAll(new RegExp(`<${name}[^>]*>(.*?)</${name}>`, 'gs'))].map(([, inner]) =>
		inner!
			.replaceAll('&lt;', '<')
			.replaceAll('&gt;', '>')
			.replaceAll('&quot;', '"')
			.replaceAll('&amp;', '&'),
	);

t.test('shows counts and each bad result', CMARK, async (t) => {
	const bad = result({
		verdict: 'fail',
		failures: [failure()],
		implementation: 'reference:series-v3',
	});
	const open = result({ verdict: 'fail', scored: false, failures: [failure()] });
	const results = [result(), open, bad, result({ verdict: 'timeout', reason: 'no end' })];
	const read = html(written(markdown, report(results)));
	t.strictSame(within(read, 'h2'), ['dax-vectors: does not conform']);
	t.strictSame(within(read, 'td'), [
		'reference',
		'1',
		'0',
		'1',
		'1',
		'reference:series-v3',
		'0',
		'1',
		'0',
		'0',
	]);
	t.strictSame(within(read, 'summary'), [
		'FAIL DAXV-0001 on reference:series-v3: ops is null at the end, expected B',
		'TIMEOUT DAXV-0001 on reference: timeout: no end',
	]);
	const [shown] = within(read, 'code');
	t.ok(
		shown!.includes(`\n${failureDiagram(failure()).join('\n')}\n`),
		'the interleaving, line by line',
	);
	t.equal(read.match(/<details>/g)!.length, read.match(/<\/details>/g)!.length);
});

t.test('the heading states the conclusion', CMARK, async (t) => {
	const heading = (text: string) => within(html(text), 'h2')[0]!.replace('dax-vectors: ', '');
	t.equal(heading(written(markdown, report([result()]))), 'conforms');
	const skipped = html(written(markdown, report([result({ verdict: 'skip' })])));
	t.strictSame(within(skipped, 'h2'), ['dax-vectors: cannot be tested']);
	t.match(skipped, /nothing that is scored was tested/);
	const stale = html(written(markdown, report([result()], ['mine.yaml:4: <stale>\n  | ^'])));
	t.strictSame(within(stale, 'h2'), ['dax-vectors: does not conform']);
	t.strictSame(within(stale, 'code'), ['mine.yaml:4: <stale>\n  | ^\n']);
	t.match(written(markdown, report([result()]), [], 2), /1 of 2 decided/);
});

t.test('escapes Markdown and HTML within text', CMARK, async (t) => {
	const words = [
		'<b>x</b>',
		'</details>',
		'```',
		'~~~',
		'````` x',
		'# x',
		'| a | b |',
		'- x',
		'**x**',
	];
	for (const word of [
		...words,
		'[x](y)',
		'&amp;',
		'<!-- ',
		'\\|',
		'`x`',
		'<script>',
		'    x',
		'1. x',
	]) {
		const told = failure({ message: word, lanes: lanesOf(word, '', word) });
		const bad = result({ verdict: 'fail', failures: [told], implementation: word, id: word });
		const read = html(written(markdown, report([bad, { ...bad, verdict: 'xfail' }])));
		t.strictSame(within(read, 'td').slice(1), ['0', '1', '0', '1'], word);
		t.equal(within(read, 'td')[0], word.trim());
		const [summary, ...others] = within(read, 'summary');
		t.equal(summary, `FAIL ${word} on ${word}: ${word}`);
		t.strictSame(others, []);
		t.match(read, /<summary>[^<>]*<\/summary>/, 'no tag of its own');
		t.equal(within(read, 'code').length, 1, 'one block of code');
		t.ok(within(read, 'code')[0]!.includes(`\n${word.trimEnd()}\n\n${word.trimEnd()}\n`), word);
		t.equal(read.match(/<\/details>/g)!.length, 1);
	}
	const hostile = 'a\r\n</summary>\u001b[31m\u2028';
	const text = written(markdown, report([result({ verdict: 'crash', reason: hostile })]));
	// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
	t.notMatch(text, /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028]/);
	t.equal(within(html(text), 'summary').length, 1);
});
