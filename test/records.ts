// SPDX-License-Identifier: MIT
/** Builds report records, with defaults for the fields that a test does not set. */

import { MERGED } from '../implementations/revision-names';
import type { Case } from '../runner/library/compile';
import type { Context, Reporter, ReporterFactory } from '../runner/report/reporter';
import { exitCode } from '../runner/run/exit-code';
import { version } from '../runner/text/package-root';
import { type Colors, Progress, type Terminal } from '../runner/text/terminal';
import reportSchema from '../schema/report.schema.json';
import type {
	DataRace,
	Failure,
	Header,
	Lanes,
	ReportRecord,
	Result,
	Verdict,
} from '../schema/types/report';

/** All verdicts of the schema. */
export const VERDICTS = reportSchema.$defs.verdict.enum as readonly Verdict[];

/** One scored and one open result of each verdict, whose ids end with the verdict. */
export const eachVerdict = (given: Partial<Result> = {}): Result[] =>
	[true, false].flatMap((scored) =>
		VERDICTS.map((verdict) =>
			result({
				verdict,
				scored,
				reason: `because of ${verdict}`,
				id: `DAXV-0001/${verdict}`,
				...given,
			}),
		),
	);

export function result(given: Partial<Result> = {}): Result {
	const scored = given.scored ?? true;
	return {
		record: 'result',
		implementation: 'reference',
		id: 'DAXV-0001',
		vector: (given.id ?? 'DAXV-0001').split('/')[0]!,
		title: 'A title of some length',
		status: scored ? 'normative' : 'open',
		scored,
		verdict: 'pass',
		reason: '',
		completeness: { kind: 'exhaustive', traces: 1, executions: 2, preemptions: null },
		outcomes: {},
		failures: [],
		races: [],
		milliseconds: 1,
		...given,
	};
}

export function failure(given: Partial<Failure> = {}): Failure {
	return {
		expectation: 'outcomes/claimed/device/ops',
		message: 'ops is null at the end, expected B',
		file: 'vectors/claim/DAXV-0001.yaml',
		line: 41,
		traces: 1,
		preemptions: 1,
		schedule: [0, 0, 1],
		token: 'dv1.0001.d481c622.AgIh',
		lanes: lanesOf('= ok'),
		...given,
	};
}

/** Lanes with each text in the first column. */
export const lanesOf = (...texts: string[]): Lanes => ({
	threads: ['release', 'claim'],
	start: { alive: true, holder: 'A', ops: 'A' },
	steps: texts.map((object) => ({ lane: 0, depth: 0, op: 'remark', object })),
});

export function race(given: Partial<DataRace> = {}): DataRace {
	return {
		object: 'holder_ops',
		first: {
			function: 'fs_put_dax',
			op: 'write',
			marked: false,
			source: 'drivers/dax/super.c:119',
		},
		second: { function: 'dax_holder_notify_failure', op: 'read', marked: true },
		...given,
	};
}

export function header(...addresses: string[]): Header {
	const list = addresses.length > 0 ? addresses : ['reference'];
	return {
		record: 'header',
		format: 3,
		tool: 'dax-vectors',
		version,
		library: '0123456789abcdef',
		shard: null,
		selection: { profile: null, ids: [], tags: [] },
		started: '2026-01-01T00:00:00.000Z',
		implementations: list.map((address) => ({
			address,
			target: address.replace(/^reference:?/, '') || MERGED,
			description: 'model',
		})),
		options: { order: 'any', strategy: 'source-dpor', preemptions: null, budget: 1000 },
	};
}

/** Builds a complete report from results. */
export function report(results: readonly Result[], problems: string[] = []): ReportRecord[] {
	return [
		header(...new Set(results.map(({ implementation }) => implementation))),
		...results,
		{
			record: 'footer',
			results: results.length,
			counts: {},
			problems,
			exit: exitCode(results, problems),
		},
	];
}

/** A terminal without colours. */
const plain = new Proxy({} as Colors, {
	get: () => (text: string) => text,
});

/** Gives a reporter's output for records as one text. total: number of results announced to the reporter. */
export function written(
	factory: ReporterFactory,
	records: readonly ReportRecord[],
	cases: readonly Case[] = [],
	total = records.filter(({ record }) => record === 'result').length,
	context: Context = {},
): string {
	const lines: string[] = [];
	const terminal: Terminal = {
		out: (line) => lines.push(line),
		error: (line) => lines.push(line),
		command: (line) => lines.push(line),
		colors: plain,
		progress: new Progress(process.stderr),
		width: 100,
		whenClosed: () => {},
	};
	const reporter: Reporter = factory(terminal, total, cases, context);
	for (const record of records) reporter.write(record);
	return `${lines.join('\n')}\n`;
}

/** Removes times from a JSON report. */
export const undated = (report: string): string =>
	report.replace(/"(started|milliseconds)":("[^"]*"|[\d.]+)/g, '"$1":0');
