// SPDX-License-Identifier: MIT
/** A summary in Markdown as GitHub reads it, for $GITHUB_STEP_SUMMARY: counts, then what is not green, each foldable. */
import type { Header, Result } from '../../schema/types/report';
import type { Case } from '../library/compile';
import { printable } from '../text/printable';
import { type CiOutcome, ciOutcome, runProblems } from './ci-outcome';
import { headline, plainText } from './plain-text';
import type { ReporterFactory } from './reporter';

const columns: readonly [CiOutcome, string][] = [
	['passed', 'pass'],
	['failed', 'fail'],
	['broken', 'not decided'],
	['excused', 'known, open or skipped'],
];

const conclusions: Readonly<Record<number, string>> = {
	0: 'conforms',
	125: 'cannot be tested',
	130: 'interrupted',
};

export const markdown: ReporterFactory = ({ out }, total, cases) => {
	const byId = new Map(cases.map((test) => [test.id, test]));
	let header: Header | undefined;
	const results: Result[] = [];
	return {
		write(record) {
			if (record.record === 'header') header = record;
			else if (record.record === 'result') results.push(record);
			else {
				const bad = results.filter((result) => ['failed', 'broken'].includes(ciOutcome(result)));
				const found = runProblems(record, total, bad.length > 0);
				out(`## dax-vectors: ${conclusions[record.exit] ?? 'does not conform'}`);
				out('');
				for (const line of counts(header!, results)) out(line);
				for (const each of found) for (const line of fenced(each.split('\n'))) out(line);
				for (const result of bad) for (const line of fold(result, byId.get(result.id))) out(line);
			}
		},
	};
};

function* counts({ implementations }: Header, results: readonly Result[]): Generator<string> {
	yield `| implementation | ${columns.map(([, name]) => name).join(' | ')} |`;
	yield `| --- |${' ---: |'.repeat(columns.length)}`;
	for (const { address } of implementations) {
		const own = results.filter(({ implementation }) => implementation === address);
		const cells = columns.map(([kind]) => own.filter((each) => ciOutcome(each) === kind).length);
		yield `| ${escaped(address)} | ${cells.join(' | ')} |`;
	}
	yield '';
}

function* fold(result: Result, test: Case | undefined): Generator<string> {
	const { verdict, id, implementation } = result;
	const summary = `${verdict.toUpperCase()} ${id} on ${implementation}: ${headline(result)}`;
	yield '<details>';
	// Within HTML there is no Markdown until an empty line.
	yield `<summary>${html(summary)}</summary>`;
	yield '';
	yield* fenced(plainText(result, test));
	yield '</details>';
	yield '';
}

/** A block of code ends at a fence as long as its own, so that is longer than any in it. */
function* fenced(lines: readonly string[]): Generator<string> {
	const safe = lines.map((line) => printable(line));
	const longest = Math.max(2, ...safe.flatMap((line) => line.match(/`+/g) ?? []).map(length));
	const fence = '`'.repeat(longest + 1);
	yield `${fence}text`;
	yield* safe;
	yield fence;
	yield '';
}

const length = (text: string): number => text.length;

const html = (text: string): string =>
	printable(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** Any ASCII punctuation after a backslash is itself. */
const escaped = (text: string): string =>
	printable(text).replace(/[!-/:-@[-`{-~]/g, (character) => `\\${character}`);
