// SPDX-License-Identifier: MIT
/**
 * TAP 14. The name of a test is the id of the vector, with the implementation where there are several. Known failures
 * and open vectors that do not pass are TODO; not-run is not ok, because nothing passes by not running. A reader of
 * the stream comes to the same conclusion as the exit code.
 */
import { stringify } from 'yaml';
import type { Footer, Result } from '../../schema/types/report';
import { failureDiagram } from '../diagram/columns';
import { CONFORMS } from '../run/exit-code';
import { printable } from '../text/printable';
import { sidesText } from '../text/racing-accesses';
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
				case 'result':
					number++;
					failing ||= !isOk(record) && directive(record) === '';
					for (const line of lines(record, number, several)) out(line);
					return;
				case 'footer': {
					for (const problem of record.problems)
						for (const line of problem.split('\n')) out(`# ${escaped(line)}`);
					const trouble =
						number < total ? `${number} of ${total} decided` : unseen(record, failing);
					if (trouble !== null) out(`Bail out! ${trouble}`);
				}
			}
		},
	};
};

/** Why a run whose results look well does not conform. */
function unseen({ problems, exit }: Footer, failing: boolean): string | null {
	if (problems.length > 0) return 'stale known failures';
	return exit === CONFORMS || failing ? null : 'nothing that is scored was tested';
}

const isOk = ({ verdict }: Result): boolean => verdict === 'pass' || verdict === 'skip';

function* lines(result: Result, number: number, several: boolean): Generator<string> {
	const name = escaped(several ? `${result.id} ${result.implementation}` : result.id);
	const ok = isOk(result);
	yield `${ok ? 'ok' : 'not ok'} ${number} - ${name}${directive(result)}`;
	const { failures, races } = result;
	const [failure] = failures;
	if (ok && races.length === 0) return;
	yield '  ---';
	const details = {
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
	for (const line of stringify(details, { lineWidth: 0 }).trimEnd().split('\n')) yield `  ${line}`;
	yield '  ...';
}

function directive({ verdict, scored, reason }: Result): string {
	if (verdict === 'skip') return ` # SKIP ${escaped(reason)}`;
	if (verdict === 'xfail') return ` # TODO known failure: ${escaped(reason)}`;
	// A broken contract is the harness's trouble, whichever vector showed it.
	if (!scored && verdict !== 'pass' && verdict !== 'error') return ' # TODO open: not scored';
	return '';
}

/** A description may hold neither a line break nor what starts a directive. */
const escaped = (text: string): string =>
	printable(text).replaceAll('\\', '\\\\').replaceAll('#', '\\#');
