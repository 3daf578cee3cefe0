// SPDX-License-Identifier: MIT
/** Annotations for GitHub Actions, read by a port of the runner's parser. */
import t from 'tap';
import { failureDiagram } from '../../runner/diagram/columns';
import { github } from '../../runner/report/github';
import { printable } from '../../runner/text/printable';
import { eachVerdict, failure, report, result, written } from '../records';

interface Annotation {
	readonly level: string;
	readonly properties: Record<string, string>;
	readonly message: string;
}

/** Parses a command like actions/runner: ActionCommand.TryParseV2 and its two tables of escapes. */
function annotation(line: string): Annotation | null {
	const match = /^::([a-z]+)(?: ([^\r\n]*?))?::(.*)$/.exec(line);
	if (!match) return null;
	const unescaped = (text: string) =>
		text.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%25', '%');
	const properties = (match[2] ?? '').split(',').map((pair) => {
		const [name, ...value] = pair.split('=');
		const text = value.join('=').replaceAll('%3A', ':').replaceAll('%2C', ',');
		return [name!, unescaped(text)];
	});
	return {
		level: match[1]!,
		properties: Object.fromEntries(properties),
		message: unescaped(match[3]!),
	};
}

const linesOf = (text: string): string[] => text.trimEnd().split('\n');

t.test('writes an annotation for each bad result', async (t) => {
	const told = failure();
	const results = eachVerdict({ reason: '', failures: [told] });
	const lines = linesOf(written(github, report(results)));
	const read = lines.slice(0, -1).map(annotation);
	t.strictSame(
		read.map((each) => [each!.level, each!.properties.title!.split(':')[0]]),
		[
			['error', 'DAXV-0001/fail'],
			['notice', 'DAXV-0001/xpass'],
			['error', 'DAXV-0001/not-run'],
			['error', 'DAXV-0001/timeout'],
			['error', 'DAXV-0001/crash'],
			['error', 'DAXV-0001/error'],
			['error', 'DAXV-0001/error'],
		],
	);
	t.match(read[0]!.properties, { file: told.file, line: String(told.line) });
	t.ok(
		read[0]!.message.includes(`\n${failureDiagram(told).join('\n')}\n`),
		'with the interleaving',
	);
	t.match(lines.at(-1), /^dax-vectors: 18 results: /);
});

t.test('writes an error annotation for each problem of a run', async (t) => {
	const stale = linesOf(written(github, report([result()], ['a list: 50%\nis stale'])));
	t.strictSame(stale.slice(0, 1), ['::error title=dax-vectors::a list: 50%25%0Ais stale']);
	const cut = linesOf(written(github, report([result()]), [], 2));
	t.equal(annotation(cut[0]!)!.message, '1 of 2 decided');
	t.equal(linesOf(written(github, report([result()]))).length, 1, 'no problem');
});

t.test('escapes workflow commands within text', async (t) => {
	for (const word of [
		'a%0Ab',
		'x::y',
		'a,line=1',
		'a:b',
		'100%',
		'::error::no',
		'%25',
		'##[error]x',
	]) {
		const told = failure({ message: word, file: `${word}.yaml` });
		const text = written(github, report([result({ verdict: 'fail', failures: [told] })]));
		const [line, ...rest] = linesOf(text);
		const { properties, message } = annotation(line!)!;
		// printable() breaks the old form of a command, which GitHub obeys anywhere in a line.
		const shown = printable(word);
		t.equal(properties.file, `${shown}.yaml`);
		t.equal(properties.line, '41', word);
		t.equal(properties.title, `DAXV-0001: ${shown}`);
		t.ok(message.includes(`    ${shown}\n`), word);
		t.equal(rest.length, 1);
	}
	const hostile = 'a\r\nb\u001b[31m\u2028\u0085';
	const text = written(
		github,
		report([result({ verdict: 'crash', reason: hostile, id: hostile })]),
	);
	t.equal(linesOf(text).length, 2);
	// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
	t.notMatch(text, /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028]|%0D/);
});
