// SPDX-License-Identifier: MIT
/**
 * KTAP 1, Documentation/dev-tools/ktap.rst, for kernel CI. The name of a test is the id of the vector, with the
 * implementation where there are several. kunit.py concludes from the stream what the exit code states.
 *
 * kunit.py knows one directive, SKIP, and otherwise reads ok and not ok. So a known failure is "ok # XFAIL url",
 * as kselftest.h prints it, since "not ok # TODO" would be a failure; an open vector is SKIP, passed or not. The plan
 * comes first, so that a stream that was cut is noticed. A stale list of known failures is the last test, since KTAP has
 * no other way to state that a run fails whose tests pass.
 */
import type { Footer, Result } from '../../schema/types/report';
import type { Case } from '../library/compile';
import { urlOf } from '../text/links';
import { printable } from '../text/printable';
import { CANNOT_TEST, INTERRUPTED } from './exit-codes';
import { headline, plainText } from './plain-text';
import type { ReporterFactory } from './reporter';
import { reasonNotCounted, runProblems, WHOLE_RUN } from './run-problems';
import { ciOutcome, isBad } from './verdicts';

export const ktap: ReporterFactory = ({ out }, total, cases) => {
	const byId = new Map(cases.map((test) => [test.id, test]));
	let number = 0;
	let several = false;
	let anyBad = false;
	return {
		write(record) {
			switch (record.record) {
				case 'header':
					several = record.implementations.length > 1;
					out('KTAP version 1');
					out(`1..${total + 1}`);
					return;
				case 'result': {
					number++;
					anyBad ||= isBad(record);
					const name = several ? `${record.id} ${record.implementation}` : record.id;
					for (const line of details(record, byId.get(record.id))) out(diagnostic(line));
					const [ok, directive] = outcome(record);
					const tail = directive === '' ? '' : ` # ${escaped(directive)}`;
					out(`${ok} ${number} ${escaped(name)}${tail}`);
					return;
				}
				case 'footer': {
					const found = runProblems(record, total, anyBad);
					for (const line of found.flatMap((each) => each.split('\n'))) out(diagnostic(line));
					// The unmet plan marks the stream as cut.
					if (number < total || record.exit === INTERRUPTED) return;
					out(wholeRun(record, number + 1, anyBad ? '' : (found.at(-1) ?? '')));
				}
			}
		},
	};
};

/** Line of the last test. */
function wholeRun({ problems, exit }: Footer, number: number, reason: string): string {
	if (problems.length > 0) return `not ok ${number} ${WHOLE_RUN}`;
	const skip = exit === CANNOT_TEST && reason !== '' ? ` # SKIP ${reason}` : '';
	return `ok ${number} ${WHOLE_RUN}${skip}`;
}

/** The result, and a directive or nothing. */
function outcome(result: Result): ['ok' | 'not ok', string] {
	const { verdict } = result;
	switch (ciOutcome(result)) {
		case 'passed':
			return ['ok', ''];
		case 'failed':
			return ['not ok', ''];
		case 'broken':
			if (verdict === 'timeout') return ['not ok', `TIMEOUT ${result.reason}`];
			return ['not ok', `ERROR ${headline(result)}`];
		case 'excused': {
			if (verdict !== 'xfail' || !result.scored) return ['ok', `SKIP ${reasonNotCounted(result)}`];
			const url = urlOf(result.link ?? '');
			return ['ok', url ? `XFAIL ${url} ${result.reason}` : `XFAIL ${reasonNotCounted(result)}`];
		}
	}
}

/** All of a bad result; one line of an excused failure, so that bad ones stand out. */
function details(result: Result, test: Case | undefined): string[] {
	if (isBad(result)) return plainText(result, test);
	return result.failures.length > 0 ? [headline(result)] : [];
}

/** Two blanks more than KTAP asks for: "# Subtest: ..." would begin a test. */
const diagnostic = (line: string): string => `#   ${escaped(line)}`.trimEnd();

/** Text without the start of a directive and without the words that kunit.py takes for the end of a kernel log. */
const escaped = (text: string): string =>
	printable(text)
		.replaceAll('#', '_')
		.replace(/(all partitions|syncing: VFS):|(reboot): (?=System halted)/g, '$1$2; ');
