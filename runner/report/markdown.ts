// SPDX-License-Identifier: MIT
/** A summary in GitHub's Markdown, for $GITHUB_STEP_SUMMARY: counts, then each bad result, foldable. */
import type { Header, Result } from '../../schema/types/report';
import type { Case } from '../library/compile';
import { printable } from '../text/printable';
import { conclusionOf } from './exit-codes';
import { headline, plainText } from './plain-text';
import type { ReporterFactory } from './reporter';
import { runProblems } from './run-problems';
import { type CiOutcome, ciOutcome, isBad } from './verdicts';

const columns: readonly [CiOutcome, string][] = [
	['passed', 'pass'],
	['failed', 'fail'],
	['broken', 'not decided'],
	['excused', 'known, open or skipped'],
];

export const markdown: ReporterFactory = ({ out }, total, cases) => {
	const byId = new Map(cases.map((test) => [test.id, test]));
	let implementations: Header['implementations'] = [];
	const results: Result[] = [];
	return {
		write(record) {
			if (record.record === 'header') implementations = record.implementations;
			else if (record.record === 'result') results.push(record);
			else {
				const bad = results.filter(isBad);
				const found = runProblems(record, total, bad.length > 0);
				out(`## dax-vectors: ${conclusionOf(record.exit)}`);
				out('');
				for (const line of counts(implementations, results)) out(line);
				for (const each of found) for (const line of fenced(each.split('\n'))) out(line);
				for (const result of bad) for (const line of fold(result, byId.get(result.id))) out(line);
			}
		},
	};
};

function* counts(
	implementations: Header['implementations'],
	results: readonly Result[],
): Generator<string> {
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

/** A block of code, with a fence longer than any within, which would end it. */
function* fenced(lines: readonly string[]): Generator<string> {
	const safe = lines.map((line) => printable(line));
	const runs = safe.flatMap((line) => line.match(/`+/g) ?? []);
	const fence = '`'.repeat(Math.max(2, ...runs.map((run) => run.length)) + 1);
	yield `${fence}text`;
	yield* safe;
	yield fence;
	yield '';
}

const html = (text: string): string =>
	printable(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** Text with a backslash before each ASCII punctuation character, which takes its meaning away. */
const escaped = (text: string): string =>
	printable(text).replace(/[!-/:-@[-`{-~]/g, (character) => `\\${character}`);
