// SPDX-License-Identifier: MIT
/**
 * LAVA: the lines that lava-test-case and lava-test-reference print, for the shell of a test definition. The name of a
 * test case is the id with a dot for the slash, which LAVA and KernelCI accept.
 *
 * A known failure is a skip with the URL of its source. An undecided result is unknown, never a pass. The last test case
 * is the run itself; a run that was cut lacks it.
 */
import type { Result } from '../../schema/types/report';
import { urlOf } from '../text/links';
import { printable } from '../text/printable';
import { CANNOT_TEST, INTERRUPTED } from './exit-codes';
import { headline, plainText } from './plain-text';
import type { ReporterFactory } from './reporter';
import { reasonNotCounted, runProblems, WHOLE_RUN } from './run-problems';
import { ciOutcome, isBad } from './verdicts';

type LavaResult = 'pass' | 'fail' | 'skip' | 'unknown';

export const lava: ReporterFactory = ({ out }, total, cases) => {
	const byId = new Map(cases.map((test) => [test.id, test]));
	let several = false;
	let anyBad = false;
	const text = (line: string) => out(`# ${harmless(line)}`.trimEnd());
	const signal = (id: string, result: LavaResult) =>
		out(`<LAVA_SIGNAL_TESTCASE TEST_CASE_ID=${id} RESULT=${result}>`);
	return {
		write(record) {
			switch (record.record) {
				case 'header':
					several = record.implementations.length > 1;
					for (const { address, description } of record.implementations)
						text(`${address}: ${description}`);
					return;
				case 'result': {
					anyBad ||= isBad(record);
					const name = several ? `${record.id} ${record.implementation}` : record.id;
					const id = nameOf(name);
					if (isBad(record)) for (const line of plainText(record, byId.get(record.id))) text(line);
					else if (ciOutcome(record) === 'excused') text(`${name}: ${reasonNotCounted(record)}`);
					else if (record.failures.length > 0) text(headline(record));
					signal(id, resultOf(record));
					const url = record.verdict === 'xfail' && record.scored && urlOf(record.link ?? '');
					if (url && !/[\s<>]/.test(url)) out(`<LAVA_SIGNAL_TESTREFERENCE ${id} skip ${url}>`);
					return;
				}
				case 'footer': {
					const found = runProblems(record, total, anyBad);
					for (const line of found.flatMap((each) => each.split('\n'))) text(line);
					if (record.results < total || record.exit === INTERRUPTED) return;
					const untested = record.exit === CANNOT_TEST && !anyBad;
					signal(WHOLE_RUN, record.problems.length > 0 ? 'fail' : untested ? 'unknown' : 'pass');
				}
			}
		},
	};
};

function resultOf(result: Result): LavaResult {
	switch (ciOutcome(result)) {
		case 'passed':
			return 'pass';
		case 'failed':
			return 'fail';
		case 'excused':
			return 'skip';
		case 'broken':
			return result.verdict === 'timeout' || result.verdict === 'crash' ? 'fail' : 'unknown';
	}
}

/** Name of a test case in the characters that KernelCI allows; none of them splits or ends a signal. */
const nameOf = (name: string): string =>
	name
		.replaceAll('/', '.')
		.replace(/[^A-Za-z0-9._+-]+/g, '_')
		.replace(/[^A-Za-z0-9]+$/, '');

/** Text without a signal: LAVA looks for them anywhere in a line. */
const harmless = (text: string): string => printable(text).replaceAll('<LAVA_', '(LAVA_');
