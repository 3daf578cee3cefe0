// SPDX-License-Identifier: MIT
/**
 * JUnit XML, for Jenkins, GitLab and whoever else reads it: a test suite for each implementation, a test case for each
 * id. Counts stand before what is counted, so all of it is written at the end. What went wrong is text, never CDATA,
 * which text can end. Why something is skipped is the text of the element: Jenkins' schema allows it no attribute.
 */
import type { Footer, Header, Result } from '../../schema/types/report';
import type { Case } from '../library/compile';
import { ciOutcome, reasonNotCounted, runProblems, WHOLE } from './ci-outcome';
import { headline, plainText } from './plain-text';
import type { ReporterFactory } from './reporter';
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
				const suites = header!.implementations.map(({ address }) => {
					const own = results.filter(({ implementation }) => implementation === address);
					return suite(address, header!, own, byId);
				});
				out('<?xml version="1.0" encoding="UTF-8"?>');
				out('<testsuites name="dax-vectors">');
				for (const each of [...suites, whole(record, results, total)]) out(each);
				out('</testsuites>');
			}
		},
	};
};

function suite(
	name: string,
	{ started }: Header,
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
		timestamp: started,
	};
	const tests = results.map((result) => `\n${testcase(result, cases.get(result.id))}`);
	return element('testsuite', attributes, [...tests, '\n']);
}

function testcase(result: Result, test: Case | undefined): string {
	const { id, implementation, milliseconds, verdict, failures } = result;
	// Jenkins tells two tests apart by class and name.
	const attributes = { name: id, classname: implementation, time: seconds(milliseconds) };
	const told = {
		message: headline(result),
		type: failures[0]?.expectation ?? verdict,
	};
	const lines = [escaped(plainText(result, test).join('\n'))];
	switch (ciOutcome(result)) {
		case 'passed':
			return element('testcase', attributes);
		case 'failed':
			return element('testcase', attributes, [element('failure', told, lines)]);
		case 'broken':
			return element('testcase', attributes, [element('error', told, lines)]);
		case 'excused':
			return element('testcase', attributes, [
				element('skipped', {}, [escaped(reasonNotCounted(result))]),
				...(failures.length > 0 ? [element('system-out', {}, lines)] : []),
			]);
	}
}

/** What no result shows is a test of its own: a dashboard follows a test by its name, so it is always there. */
function whole(footer: Footer, results: readonly Result[], total: number): string {
	const anyBad = results.some((result) => ['failed', 'broken'].includes(ciOutcome(result)));
	const found = runProblems(footer, total, anyBad);
	const errors = found.length > 0 ? 1 : 0;
	const error = element('error', { message: found[0] ?? '', type: 'run' }, [
		escaped(found.join('\n\n')),
	]);
	const test = element(
		'testcase',
		{ name: WHOLE, classname: 'dax-vectors', time: seconds(0) },
		errors === 0 ? [] : [error],
	);
	const counts = { tests: 1, failures: 0, errors, skipped: 0 };
	return element('testsuite', { name: 'dax-vectors', ...counts }, [`\n${test}\n`]);
}

const seconds = (milliseconds: number): string => (milliseconds / 1000).toFixed(3);
