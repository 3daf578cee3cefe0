// SPDX-License-Identifier: MIT
/**
 * TAP 14. The name of a test is the id of the vector, with the implementation where there are several. Known failures
 * and open vectors that fail are TODO; not-run is not ok, because nothing passes by not running.
 */
import { stringify } from 'yaml';
import type { Result } from '../../schema/types/report';
import { printable } from '../vector/errors';
import type { ReporterFactory } from './reporter';

export const tap: ReporterFactory = ({ out }, total) => {
	let number = 0;
	let several = false;
	return {
		write(record) {
			switch (record.record) {
				case 'header':
					several = record.implementations.length > 1;
					out('TAP version 14');
					out(`1..${total}`);
					return;
				case 'result':
					number++;
					for (const line of lines(record, number, several)) out(line);
					return;
				case 'footer':
					for (const problem of record.problems)
						for (const line of problem.split('\n')) out(`# ${escape(line)}`);
					if (number < total || record.problems.length > 0)
						out(
							`Bail out! ${number < total ? `${number} of ${total} decided` : 'stale known failures'}`,
						);
			}
		},
	};
};

function* lines(result: Result, number: number, several: boolean): Generator<string> {
	const name = escape(several ? `${result.id} ${result.implementation}` : result.id);
	const ok = ['pass', 'skip'].includes(result.verdict);
	yield `${ok ? 'ok' : 'not ok'} ${number} - ${name}${directive(result)}`;
	if (ok) return;
	const [failure] = result.failures;
	yield '  ---';
	const details = {
		title: result.title,
		verdict: result.verdict,
		reason: printable(result.reason),
		...(failure && {
			expectation: failure.expectation,
			at: `${failure.file}:${failure.line}`,
			message: printable(failure.message),
			replay: failure.token,
			interleaving: failure.diagram.map(printable).join('\n'),
		}),
	};
	for (const line of stringify(details, { lineWidth: 0 }).trimEnd().split('\n')) yield `  ${line}`;
	yield '  ...';
}

function directive({ verdict, scored, reason }: Result): string {
	if (verdict === 'skip') return ` # SKIP ${escape(reason)}`;
	if (verdict === 'xfail') return ` # TODO known failure: ${escape(reason)}`;
	if (!scored && verdict === 'fail') return ' # TODO open: not scored';
	return '';
}

/** A description may hold neither a line break nor what starts a directive. */
const escape = (text: string): string =>
	printable(text).replaceAll('\\', '\\\\').replaceAll('#', '\\#');
