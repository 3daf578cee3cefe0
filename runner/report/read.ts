// SPDX-License-Identifier: MIT
/** Reads a JSON Lines report. */
import type { Footer, Header, ReportRecord, Result } from '../../schema/types/report';
import { readBytes } from '../library/read-text';
import { validator } from '../library/schemas';
import { printable } from '../text/printable';
import { UserError } from '../text/user-error';

/** Bytes of a report at most; a run of all revisions writes less than 1 MiB. */
const MAX_BYTES = 256 << 20;

const FORMAT: Header['format'] = 3;

export interface Report {
	readonly file: string;
	readonly header: Header;
	readonly results: readonly Result[];
	readonly footer: Footer;
}

/** Reads a file, which may be a pipe. Throws UserError where it cannot be read, is malformed or was cut. */
export const openReport = (file: string): Report => readReport(file, readBytes(file, MAX_BYTES));

/** Throws UserError where the bytes are no report, or one that was cut. */
export function readReport(file: string, bytes: Buffer): Report {
	if (bytes.length > MAX_BYTES)
		throw new UserError(`${file}: is larger than ${MAX_BYTES >> 20} MiB: no report is`);
	const [header, ...rest] = recordsOf(file, bytes);
	const footer = rest.pop();
	if (header?.record !== 'header')
		throw new UserError(`${file}: does not begin with a header: make it with run --reporter json`);
	if (footer?.record !== 'footer')
		throw new UserError(`${file}: was cut: the footer is missing, run it again`);
	const results = rest.filter((record): record is Result => record.record === 'result');
	if (results.length !== rest.length || results.length !== footer.results)
		throw new UserError(
			`${file}: has ${results.length} results, its footer says ${footer.results}: run it again`,
		);
	const report = { file, header, results, footer };
	requireConsistent(report);
	return report;
}

/** Parses and validates the lines. */
function recordsOf(file: string, bytes: Buffer): ReportRecord[] {
	const valid = validator('report');
	const lines = bytes.toString('utf8').split('\n');
	return lines
		.filter((line) => line.trim() !== '')
		.map((line, index) => {
			const record = parse(line);
			if (index === 0) refuseOtherFormat(file, record);
			if (valid(record)) return record;
			const [error] = valid.errors ?? [];
			const what = printable(`${error?.instancePath} ${error?.message}`);
			throw new UserError(`${file}:${index + 1}: no record of a report: ${what}`);
		});
}

/** Throws UserError for a result of another implementation or vector, and for one that occurs twice. */
function requireConsistent({ file, header, results }: Report): void {
	const addresses = new Set(header.implementations.map(({ address }) => address));
	const seen = new Set<string>();
	for (const { id, vector, implementation } of results) {
		const name = JSON.stringify([id, implementation]);
		if (!addresses.has(implementation))
			throw new UserError(
				`${file}: has a result of ${printable(implementation)}, its header has not`,
			);
		if (id !== vector && !id.startsWith(`${vector}/`))
			throw new UserError(`${file}: has a result ${printable(id)} of vector ${vector}`);
		if (seen.has(name)) throw new UserError(`${file}: has two results of ${printable(id)}`);
		seen.add(name);
	}
}

/** Throws UserError where the header states another version of the format. */
function refuseOtherFormat(file: string, record: unknown): void {
	const { record: kind, tool, format, version } = (record ?? {}) as Partial<Header>;
	if (kind !== 'header' || tool !== 'dax-vectors' || format === FORMAT) return;
	const is = printable(`a report of format ${format}, written by dax-vectors ${version}`);
	const todo =
		Number(format) > FORMAT
			? 'update dax-vectors'
			: 'make it again: dax-vectors run --reporter json';
	throw new UserError(`${file}: is ${is}, and this one reads format ${FORMAT}: ${todo}`);
}

function parse(line: string): unknown {
	try {
		return JSON.parse(line);
	} catch {
		return null;
	}
}
