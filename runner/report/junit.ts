// SPDX-License-Identifier: MIT
/**
 * JUnit XML, for Jenkins and GitLab: a test suite for each implementation, a test case for each id. Counts come before
 * the cases, so all is written at the end. Details are text, never CDATA, which text can end. The reason of a skip is
 * the text of its element: Jenkins' schema allows it no attribute.
 */
import type { Footer, Header, Result } from '../../schema/types/report';
import type { Case } from '../library/compile';
import { headline, plainText } from './plain-text';
import type { ReporterFactory } from './reporter';
import { reasonNotCounted, runProblems, WHOLE_RUN } from './run-problems';
import { ciOutcome, isBad } from './verdicts';
import { element, escaped } from './xml';

export const junit: ReporterFactory = ({ out }, total, cases) => {
	const byId = new Map(cases.map((test) => [test.id, test]));
	let header: Header | undefined;
	const results: Result[] = [];
	return {
		write(record) {
			if (record.record === 'header') header = record;
			else if (record.record === 'result') results.push(record);
			else {
				const suites = (header?.implementations ?? []).map(({ address }) => {
					const own = results.filter(({ implementation }) => implementation === address);
					return suite(address, header?.started ?? '', own, byId);
				});
				out('<?xml version="1.0" encoding="UTF-8"?>');
				out('<testsuites name="dax-vectors">');
				for (const each of [...suites, wholeRun(record, results, total)]) out(each);
				out('</testsuites>');
			}
		},
	};
};

function suite(
	name: string,
	timestamp: string,
	results: readonly Result[],
	cases: ReadonlyMap<string, Case>,
): string {
	const count = (wanted: string) => results.filter((result) => ciOutcome(result) === wanted).length;
	const attributes = {
		name,
		tests: results.length,
		failures: count('failed'),
		errors: count('broken'),
		skipped: count('excused'),
		time: seconds(results.reduce((sum, { milliseconds }) => sum + milliseconds, 0)),
		timestamp,
	};
	const tests = results.map((result) => `\n${testcase(result, cases.get(result.id))}`);
	return element('testsuite', attributes, [...tests, '\n']);
}

function testcase(result: Result, test: Case | undefined): string {
	const { id, implementation, milliseconds, verdict, failures } = result;
	// Jenkins tells two tests apart by class and name.
	const attributes = { name: id, classname: implementation, time: seconds(milliseconds) };
	const summary = {
		message: headline(result),
		type: failures[0]?.expectation ?? verdict,
	};
	const lines = [escaped(plainText(result, test).join('\n'))];
	switch (ciOutcome(result)) {
		case 'passed':
			return element('testcase', attributes);
		case 'failed':
			return element('testcase', attributes, [element('failure', summary, lines)]);
		case 'broken':
			return element('testcase', attributes, [element('error', summary, lines)]);
		case 'excused':
			return element('testcase', attributes, [
				element('skipped', {}, [escaped(reasonNotCounted(result))]),
				...(failures.length > 0 ? [element('system-out', {}, lines)] : []),
			]);
	}
}

/** A suite about the run as a whole, in every report: a dashboard follows a test by its name. */
function wholeRun(footer: Footer, results: readonly Result[], total: number): string {
	const found = runProblems(footer, total, results.some(isBad));
	const [message] = found;
	const errors =
		message === undefined
			? []
			: [element('error', { message, type: 'run' }, [escaped(found.join('\n\n'))])];
	const attributes = { name: WHOLE_RUN, classname: 'dax-vectors', time: seconds(0) };
	const test = element('testcase', attributes, errors);
	const counts = { tests: 1, failures: 0, errors: errors.length, skipped: 0 };
	return element('testsuite', { name: 'dax-vectors', ...counts }, [`\n${test}\n`]);
}

const seconds = (milliseconds: number): string => (milliseconds / 1000).toFixed(3);
