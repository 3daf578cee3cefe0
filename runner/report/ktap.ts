// SPDX-License-Identifier: MIT
/**
 * KTAP 1, Documentation/dev-tools/ktap.rst, for kernel CI. The name of a test is the id of the vector, with the
 * implementation where there are several. What kunit.py makes of a stream is what the exit code says.
 *
 * kunit.py knows one directive, SKIP, and goes by ok and not ok otherwise. So a known failure is "ok # XFAIL url",
 * as kselftest.h prints it, since "not ok # TODO" would be a failure; what is open is SKIP, passed or not. A plan comes
 * first, so a stream that was cut is seen. A stale list of known failures is a test of its own, the last one, since
 * KTAP has no other way to say that a run fails whose tests pass.
 */
import type { Result } from '../../schema/types/report';
import type { Case } from '../library/compile';
import { CANNOT_TEST, INTERRUPTED } from '../run/exit-code';
import { urlOf } from '../text/links';
import { printable } from '../text/printable';
import { ciOutcome, reasonNotCounted, runProblems, WHOLE } from './ci-outcome';
import { headline, plainText } from './plain-text';
import type { ReporterFactory } from './reporter';

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
					anyBad ||= ['failed', 'broken'].includes(ciOutcome(record));
					const name = several ? `${record.id} ${record.implementation}` : record.id;
					for (const line of details(record, byId.get(record.id))) out(diagnostic(line));
					const [ok, directive] = outcome(record);
					out(
						`${ok} ${number} ${escaped(name)}${directive === '' ? '' : ` # ${escaped(directive)}`}`,
					);
					return;
				}
				case 'footer': {
					const found = runProblems(record, total, anyBad);
					for (const line of found.flatMap((each) => each.split('\n'))) out(diagnostic(line));
					// The plan is left unmet, which is what it is there for.
					if (number < total || record.exit === INTERRUPTED) return;
					const stale = record.problems.length > 0;
					const untested = !stale && record.exit === CANNOT_TEST && !anyBad;
					const skip = untested ? ` # SKIP ${found.at(-1)}` : '';
					out(`${stale ? 'not ok' : 'ok'} ${number + 1} ${WHOLE}${skip}`);
				}
			}
		},
	};
};

/** What stands before and after number and name. */
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

/** A known failure must not drown what is new. */
function details(result: Result, test: Case | undefined): string[] {
	const bad = ciOutcome(result) === 'failed' || ciOutcome(result) === 'broken';
	if (bad) return plainText(result, test);
	return result.failures.length > 0 ? [headline(result)] : [];
}

/** Two spaces more than KTAP asks for: "# Subtest: ..." would begin a test. */
const diagnostic = (line: string): string => `#   ${escaped(line)}`.trimEnd();

/** Neither what starts a directive nor what kunit.py takes for the end of a kernel's log, wherever it stands. */
const escaped = (text: string): string =>
	printable(text)
		.replaceAll('#', '_')
		.replace(/(all partitions|syncing: VFS):|(reboot): (?=System halted)/g, '$1$2; ');
