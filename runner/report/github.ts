// SPDX-License-Identifier: MIT
/**
 * Workflow commands of GitHub Actions: each result that is not green is an annotation at the expectation that failed.
 * A known failure that passes is a notice, at its vector: the error is the list, which is said to be stale.
 */
import type { Result } from '../../schema/types/report';
import type { Case } from '../library/compile';
import { printable } from '../text/printable';
import { ciOutcome, runProblems } from './ci-outcome';
import { headline, plainText } from './plain-text';
import type { ReporterFactory } from './reporter';

export const github: ReporterFactory = ({ out, command: obey }, total, cases) => {
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
					if (!['failed', 'broken'].includes(ciOutcome(record))) return;
					anyBad = true;
					obey(annotation(record, byId.get(record.id), several));
					return;
				case 'footer': {
					for (const each of runProblems(record, total, anyBad))
						obey(command('error', { title: 'dax-vectors' }, each));
					// A log that holds nothing else must say that something was run.
					const parts = Object.entries(record.counts).map(
						([verdict, count]) => `${count} ${verdict}`,
					);
					out(`dax-vectors: ${record.results} results: ${parts.join(', ') || 'none'}`);
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
		.map(([name, value]) => `${name}=${data(value).replaceAll(':', '%3A').replaceAll(',', '%2C')}`)
		.join(',');
	return `::${level} ${given}::${data(message)}`;
}

/** A message is one line of the log: GitHub's runner gives it its line breaks back. */
const data = (text: string): string =>
	text
		.split('\n')
		.map((line) => printable(line).replaceAll('%', '%25'))
		.join('%0A');
