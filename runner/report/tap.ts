// SPDX-License-Identifier: MIT
/**
 * TAP 14. The name of a test is the id of the vector, with the implementation where there are several. Known failures
 * and open vectors that do not pass are TODO; not-run is not ok, because nothing passes by not running. A reader of
 * the stream comes to the same conclusion as the exit code.
 */
import { stringify } from 'yaml';
import type { Footer, Result } from '../../schema/types/report';
import { failureDiagram } from '../diagram/columns';
import { printable } from '../text/printable';
import { sidesText } from '../text/racing-accesses';
import { CONFORMS } from './exit-codes';
import type { ReporterFactory } from './reporter';

export const tap: ReporterFactory = ({ out }, total) => {
	let number = 0;
	let several = false;
	let failing = false;
	return {
		write(record) {
			switch (record.record) {
				case 'header':
					several = record.implementations.length > 1;
					out('TAP version 14');
					out(`1..${total}`);
					return;
				case 'result': {
					number++;
					failing ||= !isOk(record) && directive(record) === '';
					const name = several ? `${record.id} ${record.implementation}` : record.id;
					out(`${isOk(record) ? 'ok' : 'not ok'} ${number} - ${escaped(name)}${directive(record)}`);
					for (const line of details(record)) out(line);
					return;
				}
				case 'footer': {
					for (const problem of record.problems)
						for (const line of problem.split('\n')) out(`# ${escaped(line)}`);
					const reason =
						number < total ? `${number} of ${total} decided` : runProblem(record, failing);
					if (reason !== null) out(`Bail out! ${reason}`);
				}
			}
		},
	};
};

/** Reason why a run does not conform whose results are all ok; null when there is none. */
function runProblem({ problems, exit }: Footer, failing: boolean): string | null {
	if (problems.length > 0) return 'stale known failures';
	return exit === CONFORMS || failing ? null : 'nothing that is scored was tested';
}

const isOk = ({ verdict }: Result): boolean => verdict === 'pass' || verdict === 'skip';

/** YAML block of a result: its first failure, and data races. */
function* details(result: Result): Generator<string> {
	const ok = isOk(result);
	const { failures, races } = result;
	const [failure] = failures;
	if (ok && races.length === 0) return;
	yield '  ---';
	const data = {
		...(!ok && {
			title: printable(result.title),
			verdict: result.verdict,
			reason: printable(result.reason),
		}),
		...(failure && {
			expectation: printable(failure.expectation),
			at: printable(`${failure.file}:${failure.line}`),
			message: printable(failure.message),
			replay: failure.token && printable(failure.token),
			interleaving: failureDiagram(failure).map(printable).join('\n'),
		}),
		...(races.length > 0 && {
			races: races.map((race) => printable(`${race.object}: ${sidesText(race)}`)),
		}),
	};
	for (const line of stringify(data, { lineWidth: 0 }).trimEnd().split('\n')) yield `  ${line}`;
	yield '  ...';
}

function directive({ verdict, scored, reason }: Result): string {
	if (verdict === 'skip') return ` # SKIP ${escaped(reason)}`;
	if (verdict === 'xfail') return ` # TODO known failure: ${escaped(reason)}`;
	// A broken contract counts even on an open vector.
	if (!scored && verdict !== 'pass' && verdict !== 'error') return ' # TODO open: not scored';
	return '';
}

/** A description may hold neither a line break nor the start of a directive. */
const escaped = (text: string): string =>
	printable(text).replaceAll('\\', '\\\\').replaceAll('#', '\\#');
