// SPDX-License-Identifier: MIT
/** Reads a JSON Lines report back. */
import type { Footer, Header, ReportRecord, Result } from '../../schema/types/report';
import { readBytes } from '../library/read-text';
import { validator } from '../library/schemas';
import { printable } from '../text/printable';
import { UserError } from '../text/user-error';

/** Bytes of a report: with every interleaving of every failure, ours have less than one mebibyte. */
const LIMIT = 256 << 20;

const FORMAT: Header['format'] = 3;

export interface Report {
	readonly file: string;
	readonly header: Header;
	readonly results: readonly Result[];
	readonly footer: Footer;
}

/** Throws UserError where there is no such file, or no report in it. */
export const openReport = (file: string): Report => readReport(file, bytesOf(file));

/** Throws InvalidFile. */
export const bytesOf = (file: string): Buffer => readBytes(file, LIMIT);

/** Throws UserError where it is no report, or was cut. */
export function readReport(file: string, bytes: Buffer): Report {
	if (bytes.length > LIMIT)
		throw new UserError(`${file}: is larger than ${LIMIT >> 20} MiB: no report is`);
	const valid = validator('report');
	const records = bytes
		.toString('utf8')
		.split('\n')
		.filter((line) => line.trim() !== '')
		.map((line, index) => {
			const record = parse(line);
			if (index === 0) refuseOther(file, record);
			if (!valid(record)) {
				const [error] = valid.errors!;
				const what = printable(`${error!.instancePath} ${error!.message}`);
				throw new UserError(`${file}:${index + 1}: no record of a report: ${what}`);
			}
			return record as unknown as ReportRecord;
		});
	const [header, ...rest] = records;
	const footer = rest.pop();
	if (header?.record !== 'header') throw new UserError(`${file}: does not begin with a header`);
	if (footer?.record !== 'footer')
		throw new UserError(`${file}: was cut: the footer is missing, run it again`);
	const results = rest.filter((record): record is Result => record.record === 'result');
	if (results.length !== rest.length || results.length !== footer.results)
		throw new UserError(
			`${file}: has ${results.length} results, its footer says ${footer.results}`,
		);
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
	return { file, header, results, footer };
}

/** Throws where the header is one of another version of the format. */
function refuseOther(file: string, record: unknown): void {
	const { record: kind, tool, format, version } = (record ?? {}) as Partial<Header>;
	if (kind !== 'header' || tool !== 'dax-vectors' || format === FORMAT) return;
	const is = printable(`a report of format ${format}, written by dax-vectors ${version}`);
	// Format 1 did not say what was asked for, so nobody can tell what it leaves out.
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
