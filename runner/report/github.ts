// SPDX-License-Identifier: MIT
/**
 * Workflow commands of GitHub Actions: an annotation for each bad result, at the expectation that failed. A known
 * failure that passes is a notice at its vector; the error is the stale list.
 */
import type { Result } from '../../schema/types/report';
import type { Case } from '../library/compile';
import { printable } from '../text/printable';
import { headline, plainText } from './plain-text';
import type { ReporterFactory } from './reporter';
import { runProblems } from './run-problems';
import { isBad } from './verdicts';

export const github: ReporterFactory = (terminal, total, cases) => {
	const byId = new Map(cases.map((test) => [test.id, test]));
	let several = false;
	let anyBad = false;
	return {
		write(record) {
			switch (record.record) {
				case 'header':
					several = record.implementations.length > 1;
					return;
				case 'result':
					if (!isBad(record)) return;
					anyBad = true;
					terminal.command(annotation(record, byId.get(record.id), several));
					return;
				case 'footer': {
					for (const each of runProblems(record, total, anyBad))
						terminal.command(command('error', { title: 'dax-vectors' }, each));
					// Without annotations the log would not show that anything ran.
					const parts = Object.entries(record.counts).map(
						([verdict, count]) => `${count} ${verdict}`,
					);
					terminal.out(`dax-vectors: ${record.results} results: ${parts.join(', ') || 'none'}`);
				}
			}
		},
	};
};

function annotation(result: Result, test: Case | undefined, several: boolean): string {
	const [failure] = result.failures;
	const file = failure?.file ?? test?.source.file;
	const at: Record<string, string> =
		file === undefined ? {} : { file, line: String(failure?.line ?? 1) };
	const name = several ? `${result.id} ${result.implementation}` : result.id;
	const title = `${name}: ${headline(result)}`;
	const level = result.verdict === 'xpass' ? 'notice' : 'error';
	return command(level, { ...at, title }, plainText(result, test).join('\n'));
}

function command(
	level: 'error' | 'notice',
	properties: Readonly<Record<string, string>>,
	message: string,
): string {
	const given = Object.entries(properties)
		.map(
			([name, value]) => `${name}=${escaped(value).replaceAll(':', '%3A').replaceAll(',', '%2C')}`,
		)
		.join(',');
	return `::${level} ${given}::${escaped(message)}`;
}

/** Text on one line of the log; GitHub's runner turns %0A into a line break. */
const escaped = (text: string): string =>
	text
		.split('\n')
		.map((line) => printable(line).replaceAll('%', '%25'))
		.join('%0A');
