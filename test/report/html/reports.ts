// SPDX-License-Identifier: MIT
/** Reports for pages: of the library, and of a larger one. */
import type { Case } from '../../../runner/library/compile';
import { libraryFingerprint } from '../../../runner/library/shard';
import { page } from '../../../runner/report/html/page';
import type { Report } from '../../../runner/report/read';
import type { Failure, Footer, Header, Result } from '../../../schema/types/report';
import { decideOn, library } from '../../cases';
import { report, result } from '../../records';

/** Report as openReport() returns it. */
export async function reportOf(
	results: readonly Result[],
	problems: string[] = [],
): Promise<Report> {
	const records = report(results, problems);
	const head = records[0] as Header;
	const cases = await library();
	return {
		file: 'run.jsonl',
		header: { ...head, library: libraryFingerprint(cases) },
		results: [...results],
		footer: records.at(-1) as Footer,
	};
}

export const pageOf = async (results: readonly Result[]): Promise<string> =>
	page([await reportOf(results)], await library());

/** Repeats the vectors of the library under new ids, up to a count. */
export function many(cases: readonly Case[], results: readonly Result[], count: number) {
	const ids = [...new Set(cases.map(({ vector }) => vector.id))];
	const renamed = (id: string, index: number): string =>
		id.replace(/^DAXV-\d{4}/, `DAXV-${String(index + 1).padStart(4, '0')}`);
	const all = { cases: [] as Case[], results: [] as Result[] };
	for (let index = 0; index < count; index++) {
		const original = ids[index % ids.length]!;
		for (const test of cases.filter(({ vector }) => vector.id === original))
			all.cases.push({
				...test,
				id: renamed(test.id, index),
				vector: { ...test.vector, id: renamed(original, index) },
			});
		for (const each of results.filter(({ vector }) => vector === original))
			all.results.push({
				...each,
				id: renamed(each.id, index),
				vector: renamed(original, index),
			});
	}
	return all;
}

/** 100 vectors that fail on 5 implementations, each with the longest interleaving and a message of its own. */
export async function worst() {
	const cases = await library();
	const failing = (await Promise.all(cases.map((test) => decideOn(test, 'v3')))).flatMap(
		({ failures }) => failures,
	);
	const length = ({ lanes }: Failure) => lanes?.steps.length ?? 0;
	const longest = failing.reduce((a, b) => (length(b) > length(a) ? b : a));
	const names = ['one', 'two', 'three', 'four', 'five'];
	const results = cases.flatMap((test) =>
		names.map((name, index): Result => {
			const lanes = structuredClone(longest.lanes!);
			for (const step of lanes.steps) step.source = `drivers/dax/super.c:${index + 100}`;
			const failures = [{ ...longest, lanes, message: `${longest.message} on ${name}` }];
			const given = { id: test.id, title: test.vector.title, implementation: `native:${name}` };
			return result({ ...given, verdict: 'fail', outcomes: { seen: 3 }, failures });
		}),
	);
	const all = many(cases, results, 100);
	return { cases: all.cases, reports: [await reportOf(all.results)] };
}
